"""Services, providers, bookings, waiting lists.

Revision ID: 0010
Revises: 0009
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('bookingday',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_bookingday'))
    )
    op.create_table('provideraway',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', MOMENT(), nullable=False),
    sa.Column('ends_at', MOMENT(), nullable=False),
    sa.Column('reason', STR(length=80), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provideraway'))
    )
    op.create_index(op.f('ix_provideraway_resource_id_ends_at'), 'provideraway', ['resource_id', 'ends_at'], unique=False)
    op.create_table('service',
    sa.Column('id', STR(length=32), nullable=False),
    sa.Column('name', STR(length=40), nullable=False),
    sa.Column('place', STR(length=8), nullable=False),
    sa.Column('price', STR(length=200), nullable=False),
    sa.Column('area', STR(length=80), nullable=False),
    sa.Column('conditions', STR(length=200), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('lead_minutes', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service'))
    )
    op.create_table('stationservice',
    sa.Column('station_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', STR(length=32), nullable=False),
    sa.Column('offered', sa.Boolean(), nullable=False),
    sa.Column('price', STR(length=200), nullable=True),
    sa.Column('area', STR(length=80), nullable=True),
    sa.Column('conditions', STR(length=200), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('lead_minutes', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_stationservice_service_id_service')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_stationservice_station_id_station')),
    sa.PrimaryKeyConstraint('station_id', 'service_id', name=op.f('pk_stationservice'))
    )
    op.create_index(op.f('ix_stationservice_service_id'), 'stationservice', ['service_id'], unique=False)
    op.create_table('venue',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', STR(length=32), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=False),
    sa.Column('name', STR(length=40), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('equipment', STR(length=120), nullable=False),
    sa.Column('conditions', STR(length=200), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('lead_minutes', sa.Integer(), nullable=False),
    sa.Column('hours', JSON, nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_venue_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_venue')),
    sa.UniqueConstraint('code', name=op.f('uq_venue_code'))
    )
    op.create_index(op.f('ix_venue_station_id'), 'venue', ['station_id'], unique=False)
    op.create_table('waiting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', STR(length=32), nullable=True),
    sa.Column('venue_id', sa.Uuid(), nullable=True),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('since', MOMENT(), nullable=False),
    sa.Column('until', MOMENT(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('offered_at', MOMENT(), nullable=True),
    sa.Column('offered_resource', sa.Uuid(), nullable=True),
    sa.Column('held_until', MOMENT(), nullable=True),
    sa.Column('contact', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_waiting_resident_id_resident')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_waiting_service_id_service')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_waiting_station_id_station')),
    sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], name=op.f('fk_waiting_venue_id_venue')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiting'))
    )
    op.create_index(op.f('ix_waiting_resident_id_state'), 'waiting', ['resident_id', 'state'], unique=False)
    op.create_index(op.f('ix_waiting_service_id'), 'waiting', ['service_id'], unique=False)
    op.create_index(op.f('ix_waiting_state_held_until'), 'waiting', ['state', 'held_until'], unique=False)
    op.create_index(op.f('ix_waiting_station_id_day_state'), 'waiting', ['station_id', 'day', 'state'], unique=False)
    op.create_index(op.f('ix_waiting_venue_id'), 'waiting', ['venue_id'], unique=False)
    op.create_table('booking',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', STR(length=16), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', STR(length=32), nullable=True),
    sa.Column('venue_id', sa.Uuid(), nullable=True),
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('visit', sa.Boolean(), nullable=False),
    sa.Column('starts_at', MOMENT(), nullable=False),
    sa.Column('ends_at', MOMENT(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('contact', sa.LargeBinary(), nullable=True),
    sa.Column('code', sa.LargeBinary(), nullable=True),
    sa.Column('code_shown', sa.LargeBinary(), nullable=True),
    sa.Column('code_tries', sa.Integer(), nullable=False),
    sa.Column('picture', sa.LargeBinary(), nullable=True),
    sa.Column('day_notice', sa.Uuid(), nullable=True),
    sa.Column('hour_notice', sa.Uuid(), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('ticket_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_booking_resident_id_resident')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_booking_service_id_service')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_booking_station_id_station')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_booking_ticket_id_ticket')),
    sa.ForeignKeyConstraint(['venue_id'], ['venue.id'], name=op.f('fk_booking_venue_id_venue')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_booking')),
    sa.UniqueConstraint('number', name=op.f('uq_booking_number'))
    )
    op.create_index(op.f('ix_booking_resident_id_state'), 'booking', ['resident_id', 'state'], unique=False)
    op.create_index(op.f('ix_booking_resource_id_starts_at'), 'booking', ['resource_id', 'starts_at'], unique=False)
    op.create_index(op.f('ix_booking_service_id'), 'booking', ['service_id'], unique=False)
    op.create_index(op.f('ix_booking_state_starts_at'), 'booking', ['state', 'starts_at'], unique=False)
    op.create_index(op.f('ix_booking_station_id'), 'booking', ['station_id'], unique=False)
    op.create_index(op.f('ix_booking_ticket_id'), 'booking', ['ticket_id'], unique=False)
    op.create_index(op.f('ix_booking_venue_id'), 'booking', ['venue_id'], unique=False)
    op.create_table('provider',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', STR(length=32), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=False),
    sa.Column('name', STR(length=80), nullable=False),
    sa.Column('phone', STR(length=32), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('hours', JSON, nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_provider_staff_id_staff')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_provider_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_provider')),
    sa.UniqueConstraint('code', name=op.f('uq_provider_code')),
    sa.UniqueConstraint('staff_id', name=op.f('uq_provider_staff_id'))
    )
    op.create_index(op.f('ix_provider_station_id'), 'provider', ['station_id'], unique=False)
    op.create_table('waitingevent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('waiting_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.Column('what', STR(length=16), nullable=False),
    sa.Column('slot', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['waiting_id'], ['waiting.id'], name=op.f('fk_waitingevent_waiting_id_waiting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waitingevent')),
    sa.UniqueConstraint('waiting_id', 'step', name=op.f('uq_waitingevent_waiting_id_step'))
    )
    op.create_table('bookingclaim',
    sa.Column('resource_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', MOMENT(), nullable=False),
    sa.Column('lane', sa.Integer(), nullable=False),
    sa.Column('booking_id', sa.Uuid(), nullable=True),
    sa.Column('waiting_id', sa.Uuid(), nullable=True),
    sa.Column('held_until', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_bookingclaim_booking_id_booking')),
    sa.ForeignKeyConstraint(['waiting_id'], ['waiting.id'], name=op.f('fk_bookingclaim_waiting_id_waiting')),
    sa.PrimaryKeyConstraint('resource_id', 'starts_at', 'lane', name=op.f('pk_bookingclaim'))
    )
    op.create_index(op.f('ix_bookingclaim_booking_id'), 'bookingclaim', ['booking_id'], unique=False)
    op.create_index(op.f('ix_bookingclaim_waiting_id'), 'bookingclaim', ['waiting_id'], unique=False)
    op.create_table('bookingevent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('booking_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.Column('what', STR(length=16), nullable=False),
    sa.Column('by', STR(length=80), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['booking_id'], ['booking.id'], name=op.f('fk_bookingevent_booking_id_booking')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bookingevent')),
    sa.UniqueConstraint('booking_id', 'step', name=op.f('uq_bookingevent_booking_id_step'))
    )
    op.create_table('providerservice',
    sa.Column('provider_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', STR(length=32), nullable=False),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], name=op.f('fk_providerservice_provider_id_provider')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_providerservice_service_id_service')),
    sa.PrimaryKeyConstraint('provider_id', 'service_id', name=op.f('pk_providerservice'))
    )
    op.create_index(op.f('ix_providerservice_service_id'), 'providerservice', ['service_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_providerservice_service_id'), table_name='providerservice')
    op.drop_table('providerservice')
    op.drop_table('bookingevent')
    op.drop_index(op.f('ix_bookingclaim_waiting_id'), table_name='bookingclaim')
    op.drop_index(op.f('ix_bookingclaim_booking_id'), table_name='bookingclaim')
    op.drop_table('bookingclaim')
    op.drop_table('waitingevent')
    op.drop_index(op.f('ix_provider_station_id'), table_name='provider')
    op.drop_table('provider')
    op.drop_index(op.f('ix_booking_venue_id'), table_name='booking')
    op.drop_index(op.f('ix_booking_ticket_id'), table_name='booking')
    op.drop_index(op.f('ix_booking_station_id'), table_name='booking')
    op.drop_index(op.f('ix_booking_state_starts_at'), table_name='booking')
    op.drop_index(op.f('ix_booking_service_id'), table_name='booking')
    op.drop_index(op.f('ix_booking_resource_id_starts_at'), table_name='booking')
    op.drop_index(op.f('ix_booking_resident_id_state'), table_name='booking')
    op.drop_table('booking')
    op.drop_index(op.f('ix_waiting_venue_id'), table_name='waiting')
    op.drop_index(op.f('ix_waiting_station_id_day_state'), table_name='waiting')
    op.drop_index(op.f('ix_waiting_state_held_until'), table_name='waiting')
    op.drop_index(op.f('ix_waiting_service_id'), table_name='waiting')
    op.drop_index(op.f('ix_waiting_resident_id_state'), table_name='waiting')
    op.drop_table('waiting')
    op.drop_index(op.f('ix_venue_station_id'), table_name='venue')
    op.drop_table('venue')
    op.drop_index(op.f('ix_stationservice_service_id'), table_name='stationservice')
    op.drop_table('stationservice')
    op.drop_table('service')
    op.drop_index(op.f('ix_provideraway_resource_id_ends_at'), table_name='provideraway')
    op.drop_table('provideraway')
    op.drop_table('bookingday')
