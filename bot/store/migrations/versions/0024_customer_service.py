"""Customer service in WeCom, customers' groups, reports from them.

Revision ID: 0024
Revises: 0023
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
