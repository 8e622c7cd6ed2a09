"""Offers to teach, and volunteers' shifts.

Revision ID: 0021
Revises: 0020
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('shiftplan',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('station_id', sa.Uuid(), nullable=False),
        sa.Column('weekday', sa.Integer(), nullable=False),
        sa.Column('start', STR(length=5), nullable=False),
        sa.Column('end', STR(length=5), nullable=False),
        sa.Column('minimum', sa.Integer(), nullable=False),
        sa.Column('maximum', sa.Integer(), nullable=False),
        sa.Column('title', STR(length=40), nullable=False),
        sa.Column('duties', STR(length=200), nullable=False),
        sa.Column('on_holidays', sa.Boolean(), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('until', sa.Date(), nullable=True),
        sa.Column('created_at', MOMENT(), nullable=False),
        sa.CheckConstraint('minimum >= 1 AND minimum <= maximum', name=op.f('ck_shiftplan_minimum_to_maximum')),
        sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_shiftplan_weekday')),
        sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_shiftplan_station_id_station')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shiftplan'))
    )
    op.create_index(op.f('ix_shiftplan_station_id'), 'shiftplan', ['station_id'], unique=False)
    op.create_table('shift',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('plan_id', sa.Uuid(), nullable=True),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('minimum', sa.Integer(), nullable=False),
        sa.Column('alarm_day_at', MOMENT(), nullable=True),
        sa.Column('alarm_soon_at', MOMENT(), nullable=True),
        sa.Column('credited_at', MOMENT(), nullable=True),
        sa.ForeignKeyConstraint(['id'], ['activity.id'], name=op.f('fk_shift_id_activity')),
        sa.ForeignKeyConstraint(['plan_id'], ['shiftplan.id'], name=op.f('fk_shift_plan_id_shiftplan')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shift')),
        sa.UniqueConstraint('plan_id', 'day', name=op.f('uq_shift_plan_id_day'))
    )
    op.create_table('latedrop',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('shift_id', sa.Uuid(), nullable=False),
        sa.Column('resident_id', sa.Uuid(), nullable=True),
        sa.Column('reason', sa.LargeBinary(), nullable=True),
        sa.Column('at', MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_latedrop_resident_id_resident')),
        sa.ForeignKeyConstraint(['shift_id'], ['shift.id'], name=op.f('fk_latedrop_shift_id_shift')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_latedrop'))
    )
    op.create_index(op.f('ix_latedrop_resident_id'), 'latedrop', ['resident_id'], unique=False)
    op.create_index(op.f('ix_latedrop_shift_id'), 'latedrop', ['shift_id'], unique=False)
    op.create_table('volunteer',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('resident_id', sa.Uuid(), nullable=False),
        sa.Column('channel', STR(length=32), nullable=False),
        sa.Column('area_id', sa.Uuid(), nullable=True),
        sa.Column('told', sa.LargeBinary(), nullable=False),
        sa.Column('state', STR(length=16), nullable=False),
        sa.Column('decided_by', STR(length=80), nullable=False),
        sa.Column('created_at', MOMENT(), nullable=False),
        sa.Column('changed_at', MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_volunteer_area_id_area')),
        sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_volunteer_resident_id_resident')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_volunteer')),
        sa.UniqueConstraint('resident_id', name=op.f('uq_volunteer_resident_id'))
    )
    op.create_index(op.f('ix_volunteer_area_id_state'), 'volunteer', ['area_id', 'state'], unique=False)
    op.create_table('lectureoffer',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('number', STR(length=16), nullable=False),
        sa.Column('resident_id', sa.Uuid(), nullable=True),
        sa.Column('channel', STR(length=32), nullable=False),
        sa.Column('area_id', sa.Uuid(), nullable=True),
        sa.Column('kind', STR(length=16), nullable=False),
        sa.Column('told', sa.LargeBinary(), nullable=True),
        sa.Column('reason', sa.LargeBinary(), nullable=True),
        sa.Column('state', STR(length=16), nullable=False),
        sa.Column('course_id', sa.Uuid(), nullable=True),
        sa.Column('created_at', MOMENT(), nullable=False),
        sa.Column('changed_at', MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_lectureoffer_area_id_area')),
        sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_lectureoffer_course_id_course')),
        sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_lectureoffer_resident_id_resident')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_lectureoffer')),
        sa.UniqueConstraint('number', name=op.f('uq_lectureoffer_number'))
    )
    op.create_index(op.f('ix_lectureoffer_area_id'), 'lectureoffer', ['area_id'], unique=False)
    op.create_index(op.f('ix_lectureoffer_course_id'), 'lectureoffer', ['course_id'], unique=False)
    op.create_index(op.f('ix_lectureoffer_resident_id'), 'lectureoffer', ['resident_id'], unique=False)
    op.create_index(op.f('ix_lectureoffer_state'), 'lectureoffer', ['state'], unique=False)
    op.create_table('shiftswap',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('shift_id', sa.Uuid(), nullable=False),
        sa.Column('enrolment_id', sa.Uuid(), nullable=False),
        sa.Column('from_id', sa.Uuid(), nullable=True),
        sa.Column('to_id', sa.Uuid(), nullable=True),
        sa.Column('taken_by', sa.Uuid(), nullable=True),
        sa.Column('is_for_all', sa.Boolean(), nullable=False),
        sa.Column('state', STR(length=16), nullable=False),
        sa.Column('created_at', MOMENT(), nullable=False),
        sa.Column('changed_at', MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(['enrolment_id'], ['activityenrolment.id'], name=op.f('fk_shiftswap_enrolment_id_activityenrolment')),
        sa.ForeignKeyConstraint(['from_id'], ['resident.id'], name=op.f('fk_shiftswap_from_id_resident')),
        sa.ForeignKeyConstraint(['shift_id'], ['shift.id'], name=op.f('fk_shiftswap_shift_id_shift')),
        sa.ForeignKeyConstraint(['taken_by'], ['resident.id'], name=op.f('fk_shiftswap_taken_by_resident')),
        sa.ForeignKeyConstraint(['to_id'], ['resident.id'], name=op.f('fk_shiftswap_to_id_resident')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_shiftswap')),
        sa.UniqueConstraint('enrolment_id', 'from_id', name=op.f('uq_shiftswap_enrolment_id_from_id'))
    )
    op.create_index(op.f('ix_shiftswap_from_id'), 'shiftswap', ['from_id'], unique=False)
    op.create_index(op.f('ix_shiftswap_shift_id'), 'shiftswap', ['shift_id'], unique=False)
    op.create_index(op.f('ix_shiftswap_taken_by'), 'shiftswap', ['taken_by'], unique=False)
    op.create_index(op.f('ix_shiftswap_to_id'), 'shiftswap', ['to_id'], unique=False)
    op.create_table('volunteerhours',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('enrolment_id', sa.Uuid(), nullable=False),
        sa.Column('shift_id', sa.Uuid(), nullable=False),
        sa.Column('resident_id', sa.Uuid(), nullable=True),
        sa.Column('area_id', sa.Uuid(), nullable=True),
        sa.Column('station_id', sa.Uuid(), nullable=True),
        sa.Column('starts_at', MOMENT(), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.Column('rule', STR(length=8), nullable=False),
        sa.Column('reason', STR(length=80), nullable=False),
        sa.Column('by', STR(length=80), nullable=False),
        sa.Column('at', MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_volunteerhours_area_id_area')),
        sa.ForeignKeyConstraint(['enrolment_id'], ['activityenrolment.id'], name=op.f('fk_volunteerhours_enrolment_id_activityenrolment')),
        sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_volunteerhours_resident_id_resident')),
        sa.ForeignKeyConstraint(['shift_id'], ['shift.id'], name=op.f('fk_volunteerhours_shift_id_shift')),
        sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_volunteerhours_station_id_station')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_volunteerhours')),
        sa.UniqueConstraint('enrolment_id', name=op.f('uq_volunteerhours_enrolment_id'))
    )
    op.create_index(op.f('ix_volunteerhours_area_id'), 'volunteerhours', ['area_id'], unique=False)
    op.create_index(op.f('ix_volunteerhours_resident_id_starts_at'), 'volunteerhours', ['resident_id', 'starts_at'], unique=False)
    op.create_index(op.f('ix_volunteerhours_shift_id'), 'volunteerhours', ['shift_id'], unique=False)
    op.create_index(op.f('ix_volunteerhours_station_id'), 'volunteerhours', ['station_id'], unique=False)
    op.create_table('lecturertold',
        sa.Column('lesson_id', sa.Uuid(), nullable=False),
        sa.Column('what', STR(length=8), nullable=False),
        sa.Column('starts_at', MOMENT(), nullable=False),
        sa.Column('at', MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lecturertold_lesson_id_lesson')),
        sa.PrimaryKeyConstraint('lesson_id', 'what', 'starts_at', name=op.f('pk_lecturertold'))
    )


def downgrade() -> None:
    op.drop_table('lecturertold')
    op.drop_index(op.f('ix_volunteerhours_station_id'), table_name='volunteerhours')
    op.drop_index(op.f('ix_volunteerhours_shift_id'), table_name='volunteerhours')
    op.drop_index(op.f('ix_volunteerhours_resident_id_starts_at'), table_name='volunteerhours')
    op.drop_index(op.f('ix_volunteerhours_area_id'), table_name='volunteerhours')
    op.drop_table('volunteerhours')
    op.drop_index(op.f('ix_shiftswap_to_id'), table_name='shiftswap')
    op.drop_index(op.f('ix_shiftswap_taken_by'), table_name='shiftswap')
    op.drop_index(op.f('ix_shiftswap_shift_id'), table_name='shiftswap')
    op.drop_index(op.f('ix_shiftswap_from_id'), table_name='shiftswap')
    op.drop_table('shiftswap')
    op.drop_index(op.f('ix_lectureoffer_state'), table_name='lectureoffer')
    op.drop_index(op.f('ix_lectureoffer_resident_id'), table_name='lectureoffer')
    op.drop_index(op.f('ix_lectureoffer_course_id'), table_name='lectureoffer')
    op.drop_index(op.f('ix_lectureoffer_area_id'), table_name='lectureoffer')
    op.drop_table('lectureoffer')
    op.drop_index(op.f('ix_volunteer_area_id_state'), table_name='volunteer')
    op.drop_table('volunteer')
    op.drop_index(op.f('ix_latedrop_shift_id'), table_name='latedrop')
    op.drop_index(op.f('ix_latedrop_resident_id'), table_name='latedrop')
    op.drop_table('latedrop')
    op.drop_table('shift')
    op.drop_index(op.f('ix_shiftplan_station_id'), table_name='shiftplan')
    op.drop_table('shiftplan')
