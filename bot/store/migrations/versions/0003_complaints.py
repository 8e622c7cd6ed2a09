"""Complaints: tickets, their history, followers, pictures, and the numbers of the day.

Revision ID: 0003
Revises: 0002
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ticketday',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_ticketday'))
    )
    op.create_table('ticket',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('urgency', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('place', sa.LargeBinary(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('compound_id', sa.Uuid(), nullable=True),
    sa.Column('building_id', sa.Uuid(), nullable=True),
    sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('holder_id', sa.Uuid(), nullable=True),
    sa.Column('holder_role', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('holder', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('duplicate_of', sa.Uuid(), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_ticket_area_id_area')),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_ticket_building_id_building')),
    sa.ForeignKeyConstraint(['compound_id'], ['compound.id'], name=op.f('fk_ticket_compound_id_compound')),
    sa.ForeignKeyConstraint(['duplicate_of'], ['ticket.id'], name=op.f('fk_ticket_duplicate_of_ticket'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['holder_id'], ['contact.id'], name=op.f('fk_ticket_holder_id_contact')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_ticket_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticket')),
    sa.UniqueConstraint('number', name=op.f('uq_ticket_number'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_duplicate_of'), ['duplicate_of'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_resident_id_created_at'), ['resident_id', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_state_compound_id_kind'), ['state', 'compound_id', 'kind'], unique=False)

    op.create_table('ticketevent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('by', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('by_title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticketevent_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticketevent')),
    sa.UniqueConstraint('ticket_id', 'step', name=op.f('uq_ticketevent_ticket_id_step'))
    )
    op.create_table('ticketfollower',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_ticketfollower_resident_id_resident')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticketfollower_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('ticket_id', 'resident_id', name=op.f('pk_ticketfollower'))
    )
    with op.batch_alter_table('ticketfollower', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticketfollower_resident_id'), ['resident_id'], unique=False)

    op.create_table('ticketpicture',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('media', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticketpicture_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ticketpicture'))
    )
    with op.batch_alter_table('ticketpicture', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticketpicture_ticket_id'), ['ticket_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('ticketpicture', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticketpicture_ticket_id'))

    op.drop_table('ticketpicture')
    with op.batch_alter_table('ticketfollower', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticketfollower_resident_id'))

    op.drop_table('ticketfollower')
    op.drop_table('ticketevent')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_state_compound_id_kind'))
        batch_op.drop_index(batch_op.f('ix_ticket_resident_id_created_at'))
        batch_op.drop_index(batch_op.f('ix_ticket_holder_id'))
        batch_op.drop_index(batch_op.f('ix_ticket_duplicate_of'))
        batch_op.drop_index(batch_op.f('ix_ticket_area_id'))

    op.drop_table('ticket')
    op.drop_table('ticketday')
