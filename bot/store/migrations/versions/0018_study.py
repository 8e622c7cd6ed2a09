"""Check-in screens, replays that were watched, hours of study.

Revision ID: 0018
Revises: 0017
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
