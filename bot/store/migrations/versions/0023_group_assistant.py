"""The group assistant: its answers in streams, its connection.

Revision ID: 0023
Revises: 0022
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
