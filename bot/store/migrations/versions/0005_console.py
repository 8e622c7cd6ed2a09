"""The back office: sessions, audit, settings that are data.

Revision ID: 0005
Revises: 0004
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

from bot.store.audit import POSTGRESQL, POSTGRESQL_DOWN, SQLITE

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=True),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('ip', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('details', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    op.create_index(op.f('ix_audit_at'), 'audit', ['at'], unique=False)
    op.create_index(op.f('ix_audit_staff_id_at'), 'audit', ['staff_id', 'at'], unique=False)
    op.create_index(op.f('ix_audit_subject_at'), 'audit', ['subject', 'at'], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)
    op.create_table('staffsession',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('secret', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ends_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ip', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('device', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_staffsession_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staffsession')),
    sa.UniqueConstraint('secret', name=op.f('uq_staffsession_secret'))
    )
    op.create_index(op.f('ix_staffsession_ends_at'), 'staffsession', ['ends_at'], unique=False)
    op.create_index(op.f('ix_staffsession_staff_id'), 'staffsession', ['staff_id'], unique=False)
    op.create_table('signintry',
    sa.Column('who', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('last_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('locked_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('who', name=op.f('pk_signintry'))
    )
    op.create_index(op.f('ix_signintry_last_at'), 'signintry', ['last_at'], unique=False)
    op.create_table('presence',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_presence_staff_id_staff')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_presence_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('ticket_id', 'staff_id', name=op.f('pk_presence'))
    )
    op.create_index(op.f('ix_presence_until'), 'presence', ['until'], unique=False)
    op.add_column('ticket', sa.Column('due_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_index(op.f('ix_ticket_due_at'), 'ticket', ['due_at'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_ticket_due_at'), table_name='ticket')
    op.drop_column('ticket', 'due_at')
    op.drop_table('presence')
    op.drop_table('signintry')
    op.drop_table('staffsession')
    if op.get_bind().dialect.name == 'sqlite':
        op.drop_table('audit')
    else:
        for statement in POSTGRESQL_DOWN:
            op.execute(statement)
