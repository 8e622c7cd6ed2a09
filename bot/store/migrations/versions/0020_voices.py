"""Suggestions, polls and contests.

Revision ID: 0020
Revises: 0019
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
