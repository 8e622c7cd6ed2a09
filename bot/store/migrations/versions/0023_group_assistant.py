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
    op.create_table('assistantanswer',
    sa.Column('id', STR(length=64), nullable=False),
    sa.Column('sender', STR(length=64), nullable=False),
    sa.Column('key', STR(length=200), nullable=False),
    sa.Column('chat', STR(length=128), nullable=False),
    sa.Column('response_url', sa.LargeBinary(), nullable=True),
    sa.Column('state', STR(length=8), nullable=False),
    sa.Column('reason', STR(length=200), nullable=False),
    sa.Column('opened_at', MOMENT(), nullable=False),
    sa.Column('due_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assistantanswer'))
    )
    op.create_index(op.f('ix_assistantanswer_opened_at'), 'assistantanswer', ['opened_at'], unique=False)
    op.create_index(op.f('ix_assistantanswer_state_due_at'), 'assistantanswer', ['state', 'due_at'], unique=False)
    op.create_table('assistantchat',
    sa.Column('chat', STR(length=128), nullable=False),
    sa.Column('spoken_at', MOMENT(), nullable=False),
    sa.PrimaryKeyConstraint('chat', name=op.f('pk_assistantchat'))
    )
    op.create_table('assistantline',
    sa.Column('bot', STR(length=128), nullable=False),
    sa.Column('holder', STR(length=64), nullable=False),
    sa.Column('until', MOMENT(), nullable=False),
    sa.Column('evicted_at', MOMENT(), nullable=True),
    sa.PrimaryKeyConstraint('bot', name=op.f('pk_assistantline'))
    )


def downgrade() -> None:
    op.drop_table('assistantline')
    op.drop_table('assistantchat')
    op.drop_index(op.f('ix_assistantanswer_state_due_at'), table_name='assistantanswer')
    op.drop_index(op.f('ix_assistantanswer_opened_at'), table_name='assistantanswer')
    op.drop_table('assistantanswer')
