"""Entries of the knowledge base that the staff wrote.

Revision ID: 0015
Revises: 0014
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table('knowledgeentry',
    sa.Column('id', text(length=64), nullable=False),
    sa.Column('question', text(length=200), nullable=False),
    sa.Column('ask', words, nullable=False),
    sa.Column('answer', text(length=4000), nullable=False),
    sa.Column('source', text(length=400), nullable=False),
    sa.Column('reviewed', sa.Date(), nullable=True),
    sa.Column('expires', sa.Date(), nullable=True),
    sa.Column('actions', words, nullable=False),
    sa.Column('related', words, nullable=False),
    sa.Column('topic', text(length=40), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['staff.id'], name=op.f('fk_knowledgeentry_changed_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledgeentry'))
    )


def downgrade() -> None:
    op.drop_table('knowledgeentry')
