"""Check-in screens, replays that were watched, hours of study.

Revision ID: 0018
Revises: 0017
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('hallscreen',
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('lit_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_hallscreen_activity_id_activity')),
    sa.PrimaryKeyConstraint('activity_id', name=op.f('pk_hallscreen'))
    )
    op.create_table('codeguess',
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('since', MOMENT(), nullable=False),
    sa.Column('wrong', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_codeguess_resident_id_resident')),
    sa.PrimaryKeyConstraint('resident_id', name=op.f('pk_codeguess'))
    )
    op.create_index(op.f('ix_codeguess_since'), 'codeguess', ['since'], unique=False)
    op.create_table('attendee',
    sa.Column('enrolment_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=False),
    sa.Column('member_id', sa.Uuid(), nullable=True),
    sa.Column('name_hash', STR(length=64), nullable=True),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_attendee_activity_id_activity')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['activityenrolment.id'], name=op.f('fk_attendee_enrolment_id_activityenrolment')),
    sa.ForeignKeyConstraint(['member_id'], ['partymember.id'], name=op.f('fk_attendee_member_id_partymember')),
    sa.PrimaryKeyConstraint('enrolment_id', name=op.f('pk_attendee')),
    sa.UniqueConstraint('activity_id', 'member_id', name=op.f('uq_attendee_activity_id_member_id')),
    sa.UniqueConstraint('activity_id', 'name_hash', name=op.f('uq_attendee_activity_id_name_hash'))
    )
    op.create_index(op.f('ix_attendee_member_id'), 'attendee', ['member_id'], unique=False)
    op.create_table('studycertificate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', STR(length=16), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('member_id', sa.Uuid(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('attended', sa.Integer(), nullable=False),
    sa.Column('replayed', sa.Integer(), nullable=False),
    sa.Column('approved', sa.Integer(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('self_named', sa.Boolean(), nullable=False),
    sa.Column('issued_at', MOMENT(), nullable=False),
    sa.Column('withdrawn_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['partymember.id'], name=op.f('fk_studycertificate_member_id_partymember')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_studycertificate_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_studycertificate')),
    sa.UniqueConstraint('number', name=op.f('uq_studycertificate_number'))
    )
    op.create_index(op.f('ix_studycertificate_member_id'), 'studycertificate', ['member_id'], unique=False)
    op.create_index(op.f('ix_studycertificate_resident_id'), 'studycertificate', ['resident_id'], unique=False)
    op.create_table('lessonwatch',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('lesson_id', sa.Uuid(), nullable=False),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('wants_live', sa.Boolean(), nullable=False),
    sa.Column('wants_replay', sa.Boolean(), nullable=False),
    sa.Column('live_notice', sa.Uuid(), nullable=True),
    sa.Column('opened_at', MOMENT(), nullable=True),
    sa.Column('last_at', MOMENT(), nullable=True),
    sa.Column('opens', sa.Integer(), nullable=False),
    sa.Column('replay_at', MOMENT(), nullable=True),
    sa.Column('confirmed_at', MOMENT(), nullable=True),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lessonwatch_lesson_id_lesson')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_lessonwatch_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lessonwatch')),
    sa.UniqueConstraint('resident_id', 'lesson_id', name=op.f('uq_lessonwatch_resident_id_lesson_id'))
    )
    op.create_index(op.f('ix_lessonwatch_lesson_id'), 'lessonwatch', ['lesson_id'], unique=False)
    op.create_table('studyentry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('member_id', sa.Uuid(), nullable=True),
    sa.Column('lesson_id', sa.Uuid(), nullable=True),
    sa.Column('enrolment_id', sa.Uuid(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('held_at', MOMENT(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('source', STR(length=16), nullable=False),
    sa.Column('rule', STR(length=16), nullable=False),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('reason', sa.LargeBinary(), nullable=True),
    sa.Column('approved_by', sa.Uuid(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['approved_by'], ['staff.id'], name=op.f('fk_studyentry_approved_by_staff')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['activityenrolment.id'], name=op.f('fk_studyentry_enrolment_id_activityenrolment')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_studyentry_lesson_id_lesson')),
    sa.ForeignKeyConstraint(['member_id'], ['partymember.id'], name=op.f('fk_studyentry_member_id_partymember')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_studyentry_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_studyentry')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_studyentry_enrolment_id')),
    sa.UniqueConstraint('member_id', 'lesson_id', 'source', name=op.f('uq_studyentry_member_id_lesson_id_source')),
    sa.UniqueConstraint('resident_id', 'lesson_id', 'source', name=op.f('uq_studyentry_resident_id_lesson_id_source'))
    )
    op.create_index(op.f('ix_studyentry_lesson_id'), 'studyentry', ['lesson_id'], unique=False)
    op.create_index(op.f('ix_studyentry_year_resident_id'), 'studyentry', ['year', 'resident_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_studyentry_year_resident_id'), table_name='studyentry')
    op.drop_index(op.f('ix_studyentry_lesson_id'), table_name='studyentry')
    op.drop_table('studyentry')
    op.drop_index(op.f('ix_lessonwatch_lesson_id'), table_name='lessonwatch')
    op.drop_table('lessonwatch')
    op.drop_index(op.f('ix_studycertificate_resident_id'), table_name='studycertificate')
    op.drop_index(op.f('ix_studycertificate_member_id'), table_name='studycertificate')
    op.drop_table('studycertificate')
    op.drop_index(op.f('ix_attendee_member_id'), table_name='attendee')
    op.drop_table('attendee')
    op.drop_index(op.f('ix_codeguess_since'), table_name='codeguess')
    op.drop_table('codeguess')
    op.drop_table('hallscreen')
