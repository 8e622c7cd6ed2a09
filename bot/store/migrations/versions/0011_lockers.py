"""Cabinets, compartments, parcels, commands, doors.

Revision ID: 0011
Revises: 0010
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

from bot.store.locker.door import POSTGRESQL, POSTGRESQL_DOWN, SQLITE

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('courier',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('company', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_courier_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_courier')),
    sa.UniqueConstraint('digest', name=op.f('uq_courier_digest')),
    sa.UniqueConstraint('resident_id', name=op.f('uq_courier_resident_id'))
    )
    op.create_table('lockerwish',
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('wish', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_lockerwish_resident_id_resident')),
    sa.PrimaryKeyConstraint('resident_id', name=op.f('pk_lockerwish'))
    )
    op.create_table('cabinet',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=True),
    sa.Column('building_id', sa.Uuid(), nullable=True),
    sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('board', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('polarity', sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
    sa.Column('pulse_ms', sa.Integer(), nullable=False),
    sa.Column('has_feedback', sa.Boolean(), nullable=False),
    sa.Column('has_sensor', sa.Boolean(), nullable=False),
    sa.Column('has_display', sa.Boolean(), nullable=False),
    sa.Column('works_offline', sa.Boolean(), nullable=False),
    sa.Column('firmware', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('key_number', sa.Integer(), nullable=False),
    sa.Column('key_seen', sa.Integer(), nullable=False),
    sa.Column('key_least', sa.Integer(), nullable=False),
    sa.Column('heard_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('beat_seq', sa.BigInteger(), nullable=False),
    sa.Column('battery', sa.Integer(), nullable=True),
    sa.Column('signal', sa.Integer(), nullable=True),
    sa.Column('codes_version', sa.Integer(), nullable=False),
    sa.Column('list_sent', sa.Integer(), nullable=False),
    sa.Column('list_sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('list_has', sa.Integer(), nullable=True),
    sa.Column('shut_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('warned_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('fault_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('fault_ticket_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_cabinet_building_id_building')),
    sa.ForeignKeyConstraint(['fault_ticket_id'], ['ticket.id'], name=op.f('fk_cabinet_fault_ticket_id_ticket')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_cabinet_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cabinet')),
    sa.UniqueConstraint('code', name=op.f('uq_cabinet_code'))
    )
    with op.batch_alter_table('cabinet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cabinet_active_heard_at'), ['active', 'heard_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_cabinet_building_id'), ['building_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_cabinet_station_id'), ['station_id'], unique=False)

    op.create_table('cabinetevent',
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('door', sa.Integer(), nullable=True),
    sa.Column('told', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('heard_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_cabinetevent_cabinet_id_cabinet')),
    sa.PrimaryKeyConstraint('cabinet_id', 'seq', name=op.f('pk_cabinetevent'))
    )
    with op.batch_alter_table('cabinetevent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cabinetevent_heard_at'), ['heard_at'], unique=False)

    op.create_table('cabinetpresence',
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('how', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_cabinetpresence_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_cabinetpresence_resident_id_resident')),
    sa.PrimaryKeyConstraint('resident_id', 'cabinet_id', name=op.f('pk_cabinetpresence'))
    )
    op.create_table('codetry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=True),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_codetry_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_codetry_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codetry'))
    )
    with op.batch_alter_table('codetry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_codetry_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_codetry_cabinet_id_at'), ['cabinet_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_codetry_resident_id_at'), ['resident_id', 'at'], unique=False)

    op.create_table('compartment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('door', sa.Integer(), nullable=False),
    sa.Column('size', sqlmodel.sql.sqltypes.AutoString(length=1), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('occupied', sa.Boolean(), nullable=True),
    sa.Column('seen_seq', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('misses', sa.Integer(), nullable=False),
    sa.Column('out_of_order', sa.Boolean(), nullable=False),
    sa.Column('fault_ticket_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_compartment_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['fault_ticket_id'], ['ticket.id'], name=op.f('fk_compartment_fault_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compartment')),
    sa.UniqueConstraint('cabinet_id', 'door', name=op.f('uq_compartment_cabinet_id_door'))
    )
    op.create_table('masteropen',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=False),
    sa.Column('by_title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=True),
    sa.Column('agreed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_masteropen_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['second_id'], ['staff.id'], name=op.f('fk_masteropen_second_id_staff')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_masteropen_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_masteropen'))
    )
    with op.batch_alter_table('masteropen', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_masteropen_cabinet_id'), ['cabinet_id'], unique=False)

    op.create_table('parcel',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('compartment_id', sa.Uuid(), nullable=False),
    sa.Column('door', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('recipient_id', sa.Uuid(), nullable=True),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('addressee', sa.LargeBinary(), nullable=True),
    sa.Column('by_station', sa.Boolean(), nullable=False),
    sa.Column('depositor_id', sa.Uuid(), nullable=True),
    sa.Column('client_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('company', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('consent', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('held_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('stored_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('due_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('reminded', sa.Integer(), nullable=False),
    sa.Column('next_word_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('over_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint('recipient_id IS NOT NULL OR addressee IS NOT NULL OR by_station OR over_at IS NOT NULL', name=op.f('ck_parcel_has_owner')),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_parcel_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['client_id'], ['apikey.id'], name=op.f('fk_parcel_client_id_apikey')),
    sa.ForeignKeyConstraint(['compartment_id'], ['compartment.id'], name=op.f('fk_parcel_compartment_id_compartment')),
    sa.ForeignKeyConstraint(['depositor_id'], ['resident.id'], name=op.f('fk_parcel_depositor_id_resident')),
    sa.ForeignKeyConstraint(['recipient_id'], ['resident.id'], name=op.f('fk_parcel_recipient_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parcel'))
    )
    with op.batch_alter_table('parcel', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_parcel_cabinet_id_state'), ['cabinet_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_parcel_client_id'), ['client_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_parcel_compartment_id'), ['compartment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_parcel_depositor_id'), ['depositor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_parcel_phone'), ['phone'], unique=False)
        batch_op.create_index(batch_op.f('ix_parcel_recipient_id_state'), ['recipient_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_parcel_state_next_word_at'), ['state', 'next_word_at'], unique=False)

    op.create_table('compartmentclaim',
    sa.Column('compartment_id', sa.Uuid(), nullable=False),
    sa.Column('parcel_id', sa.Uuid(), nullable=False),
    sa.Column('until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['compartment_id'], ['compartment.id'], name=op.f('fk_compartmentclaim_compartment_id_compartment')),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcel.id'], name=op.f('fk_compartmentclaim_parcel_id_parcel')),
    sa.PrimaryKeyConstraint('compartment_id', name=op.f('pk_compartmentclaim')),
    sa.UniqueConstraint('parcel_id', name=op.f('uq_compartmentclaim_parcel_id'))
    )
    with op.batch_alter_table('compartmentclaim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_compartmentclaim_until'), ['until'], unique=False)

    op.create_table('doorcommand',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('door', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('parcel_id', sa.Uuid(), nullable=True),
    sa.Column('asker_id', sa.Uuid(), nullable=True),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('cause_seq', sa.BigInteger(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('expires_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('opened_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('over_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['asker_id'], ['resident.id'], name=op.f('fk_doorcommand_asker_id_resident')),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_doorcommand_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcel.id'], name=op.f('fk_doorcommand_parcel_id_parcel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_doorcommand')),
    sa.UniqueConstraint('cabinet_id', 'cause_seq', name=op.f('uq_doorcommand_cabinet_id_cause_seq'))
    )
    with op.batch_alter_table('doorcommand', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_doorcommand_asker_id'), ['asker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_doorcommand_cabinet_id_door_created_at'), ['cabinet_id', 'door', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_doorcommand_parcel_id'), ['parcel_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_doorcommand_state_expires_at'), ['state', 'expires_at'], unique=False)

    op.create_table('offlinecode',
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('door', sa.Integer(), nullable=False),
    sa.Column('window', sa.Integer(), nullable=False),
    sa.Column('counter', sa.Integer(), nullable=False),
    sa.Column('parcel_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('used_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('void', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_offlinecode_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcel.id'], name=op.f('fk_offlinecode_parcel_id_parcel')),
    sa.PrimaryKeyConstraint('cabinet_id', 'door', 'window', 'counter', name=op.f('pk_offlinecode'))
    )
    with op.batch_alter_table('offlinecode', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_offlinecode_parcel_id'), ['parcel_id'], unique=False)

    op.create_table('pickupcode',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('parcel_id', sa.Uuid(), nullable=False),
    sa.Column('door', sa.Integer(), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('live', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('for_family', sa.Boolean(), nullable=False),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('over_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_pickupcode_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcel.id'], name=op.f('fk_pickupcode_parcel_id_parcel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pickupcode')),
    sa.UniqueConstraint('cabinet_id', 'live', name=op.f('uq_pickupcode_cabinet_id_live'))
    )
    with op.batch_alter_table('pickupcode', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pickupcode_cabinet_id_digest'), ['cabinet_id', 'digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_pickupcode_parcel_id'), ['parcel_id'], unique=False)

    op.create_table('dooraudit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('cabinet_id', sa.Uuid(), nullable=False),
    sa.Column('door', sa.Integer(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('command_id', sa.Uuid(), nullable=True),
    sa.Column('parcel_id', sa.Uuid(), nullable=True),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('by_title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('second_title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['cabinet_id'], ['cabinet.id'], name=op.f('fk_dooraudit_cabinet_id_cabinet')),
    sa.ForeignKeyConstraint(['command_id'], ['doorcommand.id'], name=op.f('fk_dooraudit_command_id_doorcommand')),
    sa.ForeignKeyConstraint(['parcel_id'], ['parcel.id'], name=op.f('fk_dooraudit_parcel_id_parcel')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_dooraudit_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dooraudit'))
    )
    with op.batch_alter_table('dooraudit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dooraudit_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_dooraudit_cabinet_id_door_at'), ['cabinet_id', 'door', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_dooraudit_command_id'), ['command_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dooraudit_parcel_id'), ['parcel_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dooraudit_resident_id'), ['resident_id'], unique=False)

    for statement in SQLITE if op.get_bind().dialect.name == 'sqlite' else POSTGRESQL:
        op.execute(statement)

def downgrade() -> None:
    with op.batch_alter_table('dooraudit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dooraudit_resident_id'))
        batch_op.drop_index(batch_op.f('ix_dooraudit_parcel_id'))
        batch_op.drop_index(batch_op.f('ix_dooraudit_command_id'))
        batch_op.drop_index(batch_op.f('ix_dooraudit_cabinet_id_door_at'))
        batch_op.drop_index(batch_op.f('ix_dooraudit_at'))

    if op.get_bind().dialect.name == 'sqlite':
        op.drop_table('dooraudit')
    else:
        for statement in POSTGRESQL_DOWN:
            op.execute(statement)
    with op.batch_alter_table('pickupcode', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pickupcode_parcel_id'))
        batch_op.drop_index(batch_op.f('ix_pickupcode_cabinet_id_digest'))

    op.drop_table('pickupcode')
    with op.batch_alter_table('offlinecode', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_offlinecode_parcel_id'))

    op.drop_table('offlinecode')
    with op.batch_alter_table('doorcommand', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_doorcommand_state_expires_at'))
        batch_op.drop_index(batch_op.f('ix_doorcommand_parcel_id'))
        batch_op.drop_index(batch_op.f('ix_doorcommand_cabinet_id_door_created_at'))
        batch_op.drop_index(batch_op.f('ix_doorcommand_asker_id'))

    op.drop_table('doorcommand')
    with op.batch_alter_table('compartmentclaim', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_compartmentclaim_until'))

    op.drop_table('compartmentclaim')
    with op.batch_alter_table('parcel', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_parcel_state_next_word_at'))
        batch_op.drop_index(batch_op.f('ix_parcel_recipient_id_state'))
        batch_op.drop_index(batch_op.f('ix_parcel_phone'))
        batch_op.drop_index(batch_op.f('ix_parcel_depositor_id'))
        batch_op.drop_index(batch_op.f('ix_parcel_compartment_id'))
        batch_op.drop_index(batch_op.f('ix_parcel_client_id'))
        batch_op.drop_index(batch_op.f('ix_parcel_cabinet_id_state'))

    op.drop_table('parcel')
    with op.batch_alter_table('masteropen', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_masteropen_cabinet_id'))

    op.drop_table('masteropen')
    op.drop_table('compartment')
    with op.batch_alter_table('codetry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_codetry_resident_id_at'))
        batch_op.drop_index(batch_op.f('ix_codetry_cabinet_id_at'))
        batch_op.drop_index(batch_op.f('ix_codetry_at'))

    op.drop_table('codetry')
    op.drop_table('cabinetpresence')
    with op.batch_alter_table('cabinetevent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cabinetevent_heard_at'))

    op.drop_table('cabinetevent')
    with op.batch_alter_table('cabinet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cabinet_station_id'))
        batch_op.drop_index(batch_op.f('ix_cabinet_building_id'))
        batch_op.drop_index(batch_op.f('ix_cabinet_active_heard_at'))

    op.drop_table('cabinet')
    op.drop_table('lockerwish')
    op.drop_table('courier')
