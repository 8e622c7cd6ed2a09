"""News that arrives: the way of each notice, consents, quiet hours, the call list, alarms of late tickets.

Revision ID: 0006
Revises: 0005
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('outbox', sa.Column('via', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False, server_default=''))
    op.add_column('outbox', sa.Column('skips', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False, server_default=''))
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.alter_column('via', server_default=None)
        batch_op.alter_column('skips', server_default=None)
    op.create_table('subscription',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('template_id', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('given_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ended_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('notice_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_subscription_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription')),
    sa.UniqueConstraint('notice_id', name=op.f('uq_subscription_notice_id'))
    )
    op.create_index(op.f('ix_subscription_resident_id_template_id'), 'subscription', ['resident_id', 'template_id'], unique=False)
    op.create_table('quiethours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('begins', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('ends', sqlmodel.sql.sqltypes.AutoString(length=5), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quiethours'))
    )
    op.create_table('call',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('notice_id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=48), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('note', sa.LargeBinary(), nullable=True),
    sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['outbox.id'], name=op.f('fk_call_notice_id_outbox')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_call_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call')),
    sa.UniqueConstraint('notice_id', name=op.f('uq_call_notice_id'))
    )
    op.create_index(op.f('ix_call_resident_id'), 'call', ['resident_id'], unique=False)
    op.create_index(op.f('ix_call_state_since'), 'call', ['state', 'since'], unique=False)
    op.create_table('ticketalarm',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('clock', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('level', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticketalarm_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticketalarm')),
    sa.UniqueConstraint('ticket_id', 'clock', 'round', 'level', name=op.f('uq_ticketalarm_ticket_id_clock_round_level'))
    )


def downgrade() -> None:
    op.drop_table('ticketalarm')
    op.drop_table('call')
    op.drop_table('quiethours')
    op.drop_table('subscription')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('skips')
        batch_op.drop_column('via')
