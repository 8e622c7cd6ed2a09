"""Groups, what was written to them, and what waits for a tap.

Revision ID: 0022
Revises: 0021
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
