"""Lesson pushes, whom they are for, and what became of each.

Revision ID: 0019
Revises: 0018
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    op.create_table('lessonpushplan',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('words', STR(length=600), nullable=False),
    sa.Column('course_id', sa.Uuid(), nullable=True),
    sa.Column('audience', JSON, nullable=False),
    sa.Column('groups', JSON, nullable=False),
    sa.Column('by_mass', sa.Boolean(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('clock', STR(length=5), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('next_at', MOMENT(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('note', STR(length=16), nullable=False),
    sa.Column('written_by', sa.Uuid(), nullable=False),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['approved_by'], ['staff.id'], name=op.f('fk_lessonpushplan_approved_by_staff')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_lessonpushplan_area_id_area')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_lessonpushplan_course_id_course')),
    sa.ForeignKeyConstraint(['written_by'], ['staff.id'], name=op.f('fk_lessonpushplan_written_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessonpushplan'))
    )
    op.create_index(op.f('ix_lessonpushplan_area_id'), 'lessonpushplan', ['area_id'], unique=False)
    op.create_index(op.f('ix_lessonpushplan_course_id'), 'lessonpushplan', ['course_id'], unique=False)
    op.create_index(op.f('ix_lessonpushplan_state_next_at'), 'lessonpushplan', ['state', 'next_at'], unique=False)
    op.create_table('lessonpush',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('plan_id', sa.Uuid(), nullable=True),
    sa.Column('plan_day', sa.Date(), nullable=True),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('words', STR(length=600), nullable=False),
    sa.Column('lesson_id', sa.Uuid(), nullable=True),
    sa.Column('live_url', STR(length=500), nullable=False),
    sa.Column('material', STR(length=80), nullable=False),
    sa.Column('material_url', STR(length=500), nullable=False),
    sa.Column('link_url', STR(length=500), nullable=False),
    sa.Column('audience', JSON, nullable=False),
    sa.Column('groups', JSON, nullable=False),
    sa.Column('by_mass', sa.Boolean(), nullable=False),
    sa.Column('wanted_at', MOMENT(), nullable=True),
    sa.Column('due_at', MOMENT(), nullable=True),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('why', STR(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('written_by', sa.Uuid(), nullable=False),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('approved_at', MOMENT(), nullable=True),
    sa.Column('reached_to', sa.Uuid(), nullable=True),
    sa.Column('all_made', sa.Boolean(), nullable=False),
    sa.Column('lesson_seen_at', MOMENT(), nullable=True),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.Column('ended_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['approved_by'], ['staff.id'], name=op.f('fk_lessonpush_approved_by_staff')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_lessonpush_area_id_area')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lessonpush_lesson_id_lesson')),
    sa.ForeignKeyConstraint(['plan_id'], ['lessonpushplan.id'], name=op.f('fk_lessonpush_plan_id_lessonpushplan')),
    sa.ForeignKeyConstraint(['written_by'], ['staff.id'], name=op.f('fk_lessonpush_written_by_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessonpush')),
    sa.UniqueConstraint('plan_id', 'plan_day', name=op.f('uq_lessonpush_plan_id_plan_day'))
    )
    op.create_index(op.f('ix_lessonpush_area_id'), 'lessonpush', ['area_id'], unique=False)
    op.create_index(op.f('ix_lessonpush_lesson_id'), 'lessonpush', ['lesson_id'], unique=False)
    op.create_index(op.f('ix_lessonpush_state_due_at'), 'lessonpush', ['state', 'due_at'], unique=False)
    op.create_table('lessonpushmass',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('push_id', sa.Uuid(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('msg_id', STR(length=64), nullable=False),
    sa.Column('reason', STR(length=200), nullable=False),
    sa.Column('sent', sa.Integer(), nullable=True),
    sa.Column('failed', sa.Integer(), nullable=True),
    sa.Column('made_at', MOMENT(), nullable=False),
    sa.Column('due_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['push_id'], ['lessonpush.id'], name=op.f('fk_lessonpushmass_push_id_lessonpush')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessonpushmass'))
    )
    op.create_index(op.f('ix_lessonpushmass_msg_id'), 'lessonpushmass', ['msg_id'], unique=False)
    op.create_index(op.f('ix_lessonpushmass_push_id'), 'lessonpushmass', ['push_id'], unique=False)
    op.create_index(op.f('ix_lessonpushmass_state_due_at'), 'lessonpushmass', ['state', 'due_at'], unique=False)
    op.create_table('lessonpushto',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('push_id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('member_id', sa.Uuid(), nullable=True),
    sa.Column('notice_id', sa.Uuid(), nullable=True),
    sa.Column('mass_id', sa.Uuid(), nullable=True),
    sa.Column('why', STR(length=16), nullable=False),
    sa.Column('made_at', MOMENT(), nullable=False),
    sa.Column('opened_at', MOMENT(), nullable=True),
    sa.Column('answered_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['mass_id'], ['lessonpushmass.id'], name=op.f('fk_lessonpushto_mass_id_lessonpushmass')),
    sa.ForeignKeyConstraint(['member_id'], ['partymember.id'], name=op.f('fk_lessonpushto_member_id_partymember')),
    sa.ForeignKeyConstraint(['push_id'], ['lessonpush.id'], name=op.f('fk_lessonpushto_push_id_lessonpush')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_lessonpushto_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessonpushto')),
    sa.UniqueConstraint('notice_id', name=op.f('uq_lessonpushto_notice_id')),
    sa.UniqueConstraint('push_id', 'resident_id', name=op.f('uq_lessonpushto_push_id_resident_id'))
    )
    op.create_index(op.f('ix_lessonpushto_mass_id'), 'lessonpushto', ['mass_id'], unique=False)
    op.create_index(op.f('ix_lessonpushto_member_id'), 'lessonpushto', ['member_id'], unique=False)
    op.create_index(op.f('ix_lessonpushto_resident_id'), 'lessonpushto', ['resident_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_lessonpushto_resident_id'), table_name='lessonpushto')
    op.drop_index(op.f('ix_lessonpushto_member_id'), table_name='lessonpushto')
    op.drop_index(op.f('ix_lessonpushto_mass_id'), table_name='lessonpushto')
    op.drop_table('lessonpushto')
    op.drop_index(op.f('ix_lessonpushmass_state_due_at'), table_name='lessonpushmass')
    op.drop_index(op.f('ix_lessonpushmass_push_id'), table_name='lessonpushmass')
    op.drop_index(op.f('ix_lessonpushmass_msg_id'), table_name='lessonpushmass')
    op.drop_table('lessonpushmass')
    op.drop_index(op.f('ix_lessonpush_state_due_at'), table_name='lessonpush')
    op.drop_index(op.f('ix_lessonpush_lesson_id'), table_name='lessonpush')
    op.drop_index(op.f('ix_lessonpush_area_id'), table_name='lessonpush')
    op.drop_table('lessonpush')
    op.drop_index(op.f('ix_lessonpushplan_state_next_at'), table_name='lessonpushplan')
    op.drop_index(op.f('ix_lessonpushplan_course_id'), table_name='lessonpushplan')
    op.drop_index(op.f('ix_lessonpushplan_area_id'), table_name='lessonpushplan')
    op.drop_table('lessonpushplan')
