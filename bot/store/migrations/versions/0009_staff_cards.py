"""Cards that staff were shown in WeCom.

Revision ID: 0009
Revises: 0008
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staffcard',
    sa.Column('task_id', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('response_code', sa.LargeBinary(), nullable=True),
    sa.Column('code_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staffcard_staff_id_staff')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_staffcard_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('task_id', name=op.f('pk_staffcard'))
    )
    op.create_index(op.f('ix_staffcard_ticket_id'), 'staffcard', ['ticket_id'], unique=False)
    op.create_index(op.f('ix_staffcard_staff_id_changed_at'), 'staffcard', ['staff_id', 'changed_at'], unique=False)


def downgrade() -> None:
    op.drop_table('staffcard')
