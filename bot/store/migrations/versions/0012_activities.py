"""Activities, mutual aid, notices.

Revision ID: 0012
Revises: 0011
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('activity',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', STR(length=32), nullable=False),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('words', STR(length=600), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('spot', STR(length=80), nullable=False),
    sa.Column('starts_at', MOMENT(), nullable=False),
    sa.Column('ends_at', MOMENT(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('audience', STR(length=80), nullable=False),
    sa.Column('organiser_kind', STR(length=24), nullable=False),
    sa.Column('organiser', STR(length=80), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('check_in', sa.LargeBinary(), nullable=True),
    sa.Column('check_in_shown', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_activity_area_id_area')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_activity_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity')),
    sa.UniqueConstraint('code', name=op.f('uq_activity_code'))
    )
    op.create_index(op.f('ix_activity_area_id'), 'activity', ['area_id'], unique=False)
    op.create_index(op.f('ix_activity_state_starts_at'), 'activity', ['state', 'starts_at'], unique=False)
    op.create_index(op.f('ix_activity_station_id'), 'activity', ['station_id'], unique=False)
    op.create_table('bulletin',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('words', STR(length=600), nullable=False),
    sa.Column('topic', STR(length=16), nullable=False),
    sa.Column('valid_from', MOMENT(), nullable=False),
    sa.Column('valid_until', MOMENT(), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_bulletin_area_id_area')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_bulletin_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulletin'))
    )
    op.create_index(op.f('ix_bulletin_area_id'), 'bulletin', ['area_id'], unique=False)
    op.create_index(op.f('ix_bulletin_published_valid_until'), 'bulletin', ['published', 'valid_until'], unique=False)
    op.create_index(op.f('ix_bulletin_station_id'), 'bulletin', ['station_id'], unique=False)
    op.create_table('activityenrolment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('queued_at', MOMENT(), nullable=False),
    sa.Column('held_until', MOMENT(), nullable=True),
    sa.Column('came_at', MOMENT(), nullable=True),
    sa.Column('code_tries', sa.Integer(), nullable=False),
    sa.Column('day_notice', sa.Uuid(), nullable=True),
    sa.Column('hour_notice', sa.Uuid(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activityenrolment_activity_id_activity')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_activityenrolment_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activityenrolment')),
    sa.UniqueConstraint('activity_id', 'number', name=op.f('uq_activityenrolment_activity_id_number')),
    sa.UniqueConstraint('activity_id', 'resident_id', name=op.f('uq_activityenrolment_activity_id_resident_id'))
    )
    op.create_index(op.f('ix_activityenrolment_resident_id_state'), 'activityenrolment', ['resident_id', 'state'], unique=False)
    op.create_index(op.f('ix_activityenrolment_state_held_until'), 'activityenrolment', ['state', 'held_until'], unique=False)
    op.create_table('aidpost',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', STR(length=8), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('said', sa.LargeBinary(), nullable=True),
    sa.Column('shown', STR(length=120), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('ends_at', MOMENT(), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_aidpost_area_id_area')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_aidpost_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aidpost'))
    )
    op.create_index(op.f('ix_aidpost_area_id'), 'aidpost', ['area_id'], unique=False)
    op.create_index(op.f('ix_aidpost_resident_id_state'), 'aidpost', ['resident_id', 'state'], unique=False)
    op.create_index(op.f('ix_aidpost_state_ends_at'), 'aidpost', ['state', 'ends_at'], unique=False)
    op.create_table('activityevent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('enrolment_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.Column('what', STR(length=16), nullable=False),
    sa.Column('by', STR(length=80), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['activityenrolment.id'], name=op.f('fk_activityevent_enrolment_id_activityenrolment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activityevent')),
    sa.UniqueConstraint('enrolment_id', 'step', name=op.f('uq_activityevent_enrolment_id_step'))
    )
    op.create_table('activityplace',
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activityplace_activity_id_activity')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['activityenrolment.id'], name=op.f('fk_activityplace_enrolment_id_activityenrolment')),
    sa.PrimaryKeyConstraint('activity_id', 'place', name=op.f('pk_activityplace'))
    )
    op.create_index(op.f('ix_activityplace_enrolment_id'), 'activityplace', ['enrolment_id'], unique=False)
    op.create_table('aidmatch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('post_id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('said', sa.LargeBinary(), nullable=True),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['post_id'], ['aidpost.id'], name=op.f('fk_aidmatch_post_id_aidpost')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_aidmatch_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aidmatch')),
    sa.UniqueConstraint('post_id', 'resident_id', name=op.f('uq_aidmatch_post_id_resident_id'))
    )
    op.create_index(op.f('ix_aidmatch_post_id'), 'aidmatch', ['post_id'], unique=False)
    op.create_index(op.f('ix_aidmatch_resident_id'), 'aidmatch', ['resident_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_aidmatch_resident_id'), table_name='aidmatch')
    op.drop_index(op.f('ix_aidmatch_post_id'), table_name='aidmatch')
    op.drop_table('aidmatch')
    op.drop_index(op.f('ix_activityplace_enrolment_id'), table_name='activityplace')
    op.drop_table('activityplace')
    op.drop_table('activityevent')
    op.drop_index(op.f('ix_aidpost_state_ends_at'), table_name='aidpost')
    op.drop_index(op.f('ix_aidpost_resident_id_state'), table_name='aidpost')
    op.drop_index(op.f('ix_aidpost_area_id'), table_name='aidpost')
    op.drop_table('aidpost')
    op.drop_index(op.f('ix_activityenrolment_state_held_until'), table_name='activityenrolment')
    op.drop_index(op.f('ix_activityenrolment_resident_id_state'), table_name='activityenrolment')
    op.drop_table('activityenrolment')
    op.drop_index(op.f('ix_bulletin_station_id'), table_name='bulletin')
    op.drop_index(op.f('ix_bulletin_published_valid_until'), table_name='bulletin')
    op.drop_index(op.f('ix_bulletin_area_id'), table_name='bulletin')
    op.drop_table('bulletin')
    op.drop_index(op.f('ix_activity_station_id'), table_name='activity')
    op.drop_index(op.f('ix_activity_state_starts_at'), table_name='activity')
    op.drop_index(op.f('ix_activity_area_id'), table_name='activity')
    op.drop_table('activity')
