"""Courses and lessons, members of the Party, and who came how.

Revision ID: 0017
Revises: 0016
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('branch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', STR(length=32), nullable=False),
    sa.Column('name', STR(length=80), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_branch_area_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_branch')),
    sa.UniqueConstraint('code', name=op.f('uq_branch_code'))
    )
    op.create_index(op.f('ix_branch_area_id'), 'branch', ['area_id'], unique=False)
    op.create_table('course',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', STR(length=32), nullable=False),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('words', STR(length=600), nullable=False),
    sa.Column('series', STR(length=40), nullable=False),
    sa.Column('format', STR(length=16), nullable=False),
    sa.Column('lecturer_kind', STR(length=16), nullable=False),
    sa.Column('lecturer', STR(length=80), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('spot', STR(length=80), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('members_only', sa.Boolean(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('offered_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_course_area_id_area')),
    sa.ForeignKeyConstraint(['offered_by'], ['resident.id'], name=op.f('fk_course_offered_by_resident')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_course_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course')),
    sa.UniqueConstraint('code', name=op.f('uq_course_code'))
    )
    op.create_index(op.f('ix_course_area_id'), 'course', ['area_id'], unique=False)
    op.create_index(op.f('ix_course_offered_by'), 'course', ['offered_by'], unique=False)
    op.create_index(op.f('ix_course_state_area_id'), 'course', ['state', 'area_id'], unique=False)
    op.create_index(op.f('ix_course_station_id'), 'course', ['station_id'], unique=False)
    op.create_table('partymember',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', STR(length=32), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('name_hash', STR(length=64), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('phone_hash', STR(length=64), nullable=True),
    sa.Column('branch_id', sa.Uuid(), nullable=False),
    sa.Column('kind', STR(length=16), nullable=False),
    sa.Column('is_secretary', sa.Boolean(), nullable=False),
    sa.Column('tags', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('claimed_by', sa.Uuid(), nullable=True),
    sa.Column('claimed_at', MOMENT(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['branch_id'], ['branch.id'], name=op.f('fk_partymember_branch_id_branch')),
    sa.ForeignKeyConstraint(['claimed_by'], ['resident.id'], name=op.f('fk_partymember_claimed_by_resident')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_partymember_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partymember')),
    sa.UniqueConstraint('claimed_by', name=op.f('uq_partymember_claimed_by')),
    sa.UniqueConstraint('code', name=op.f('uq_partymember_code')),
    sa.UniqueConstraint('resident_id', name=op.f('uq_partymember_resident_id'))
    )
    op.create_index(op.f('ix_partymember_branch_id_state'), 'partymember', ['branch_id', 'state'], unique=False)
    op.create_index(op.f('ix_partymember_name_hash'), 'partymember', ['name_hash'], unique=False)
    op.create_index(op.f('ix_partymember_phone_hash'), 'partymember', ['phone_hash'], unique=False)
    op.create_table('lesson',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('live_url', STR(length=500), nullable=False),
    sa.Column('replay_url', STR(length=500), nullable=False),
    sa.Column('replay_since', MOMENT(), nullable=True),
    sa.Column('replay_until', MOMENT(), nullable=True),
    sa.Column('replay_told_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_lesson_course_id_course')),
    sa.ForeignKeyConstraint(['id'], ['activity.id'], name=op.f('fk_lesson_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson')),
    sa.UniqueConstraint('course_id', 'number', name=op.f('uq_lesson_course_id_number'))
    )
    op.create_index(op.f('ix_lesson_replay_since'), 'lesson', ['replay_since'], unique=False)
    op.create_table('material',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=False),
    sa.Column('lesson_id', sa.Uuid(), nullable=True),
    sa.Column('title', STR(length=80), nullable=False),
    sa.Column('url', STR(length=500), nullable=False),
    sa.Column('words', STR(length=600), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_material_course_id_course')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_material_lesson_id_lesson')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material')),
    sa.UniqueConstraint('course_id', 'title', name=op.f('uq_material_course_id_title'))
    )
    op.create_index(op.f('ix_material_lesson_id'), 'material', ['lesson_id'], unique=False)
    op.drop_index(op.f('ix_activity_state_starts_at'), table_name='activity')
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', STR(length=16), nullable=False, server_default='activity'))
        batch_op.add_column(sa.Column('members_only', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(op.f('ix_activity_kind_state_starts_at'), ['kind', 'state', 'starts_at'], unique=False)
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.alter_column('kind', server_default=None)
        batch_op.alter_column('members_only', server_default=None)
    with op.batch_alter_table('activityenrolment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('came_by', STR(length=8), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('walk_in', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('guest', sa.LargeBinary(), nullable=True))
    with op.batch_alter_table('activityenrolment', schema=None) as batch_op:
        batch_op.alter_column('came_by', server_default=None)
        batch_op.alter_column('walk_in', server_default=None)


def downgrade() -> None:
    op.drop_column('activityenrolment', 'guest')
    op.drop_column('activityenrolment', 'walk_in')
    op.drop_column('activityenrolment', 'came_by')
    op.drop_index(op.f('ix_activity_kind_state_starts_at'), table_name='activity')
    op.create_index(op.f('ix_activity_state_starts_at'), 'activity', ['state', 'starts_at'], unique=False)
    op.drop_column('activity', 'members_only')
    op.drop_column('activity', 'kind')
    op.drop_index(op.f('ix_material_lesson_id'), table_name='material')
    op.drop_table('material')
    op.drop_index(op.f('ix_lesson_replay_since'), table_name='lesson')
    op.drop_table('lesson')
    op.drop_index(op.f('ix_partymember_phone_hash'), table_name='partymember')
    op.drop_index(op.f('ix_partymember_name_hash'), table_name='partymember')
    op.drop_index(op.f('ix_partymember_branch_id_state'), table_name='partymember')
    op.drop_table('partymember')
    op.drop_index(op.f('ix_course_station_id'), table_name='course')
    op.drop_index(op.f('ix_course_state_area_id'), table_name='course')
    op.drop_index(op.f('ix_course_offered_by'), table_name='course')
    op.drop_index(op.f('ix_course_area_id'), table_name='course')
    op.drop_table('course')
    op.drop_index(op.f('ix_branch_area_id'), table_name='branch')
    op.drop_table('branch')
