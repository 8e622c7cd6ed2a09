"""Offers to teach, and volunteers' shifts.

Revision ID: 0021
Revises: 0020
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
