"""Suggestions, polls and contests.

Revision ID: 0020
Revises: 0019
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('suggestionday',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_suggestionday'))
    )
    op.create_table('contest',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('title', STR(length=40), nullable=False),
    sa.Column('words', STR(length=600), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('opens_at', MOMENT(), nullable=False),
    sa.Column('closes_at', MOMENT(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('results', STR(length=600), nullable=False),
    sa.Column('results_at', MOMENT(), nullable=True),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_contest_area_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contest'))
    )
    op.create_index(op.f('ix_contest_area_id'), 'contest', ['area_id'], unique=False)
    op.create_index(op.f('ix_contest_state_closes_at'), 'contest', ['state', 'closes_at'], unique=False)
    op.create_table('poll',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('question', STR(length=80), nullable=False),
    sa.Column('words', STR(length=300), nullable=False),
    sa.Column('options', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('segment', STR(length=16), nullable=False),
    sa.Column('activity_id', sa.Uuid(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('opens_at', MOMENT(), nullable=False),
    sa.Column('closes_at', MOMENT(), nullable=False),
    sa.Column('shows', STR(length=16), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_poll_activity_id_activity')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_poll_area_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poll'))
    )
    op.create_index(op.f('ix_poll_activity_id'), 'poll', ['activity_id'], unique=False)
    op.create_index(op.f('ix_poll_area_id'), 'poll', ['area_id'], unique=False)
    op.create_index(op.f('ix_poll_state_closes_at'), 'poll', ['state', 'closes_at'], unique=False)
    op.create_table('contestentry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contest_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('said', sa.LargeBinary(), nullable=True),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('prize', STR(length=40), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['contest_id'], ['contest.id'], name=op.f('fk_contestentry_contest_id_contest')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_contestentry_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contestentry')),
    sa.UniqueConstraint('contest_id', 'number', name=op.f('uq_contestentry_contest_id_number'))
    )
    op.create_index(op.f('ix_contestentry_contest_id_state'), 'contestentry', ['contest_id', 'state'], unique=False)
    op.create_index(op.f('ix_contestentry_resident_id'), 'contestentry', ['resident_id'], unique=False)
    op.create_table('pollvote',
    sa.Column('poll_id', sa.Uuid(), nullable=False),
    sa.Column('voter', STR(length=64), nullable=False),
    sa.Column('choices', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['poll_id'], ['poll.id'], name=op.f('fk_pollvote_poll_id_poll')),
    sa.PrimaryKeyConstraint('poll_id', 'voter', name=op.f('pk_pollvote'))
    )
    op.create_table('suggestion',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', STR(length=16), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('kind', STR(length=16), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('words', sa.LargeBinary(), nullable=True),
    sa.Column('place', sa.LargeBinary(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('compound_id', sa.Uuid(), nullable=True),
    sa.Column('building_id', sa.Uuid(), nullable=True),
    sa.Column('heard', STR(length=200), nullable=False),
    sa.Column('reply', STR(length=300), nullable=False),
    sa.Column('outcome', STR(length=16), nullable=False),
    sa.Column('outcome_ref', STR(length=120), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.Column('answered_at', MOMENT(), nullable=True),
    sa.Column('adopted_at', MOMENT(), nullable=True),
    sa.Column('done_at', MOMENT(), nullable=True),
    sa.Column('published_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_suggestion_area_id_area')),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_suggestion_building_id_building')),
    sa.ForeignKeyConstraint(['compound_id'], ['compound.id'], name=op.f('fk_suggestion_compound_id_compound')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_suggestion_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('number', name=op.f('uq_suggestion_number'))
    )
    op.create_index(op.f('ix_suggestion_area_id'), 'suggestion', ['area_id'], unique=False)
    op.create_index(op.f('ix_suggestion_published_at'), 'suggestion', ['published_at'], unique=False)
    op.create_index(op.f('ix_suggestion_resident_id_created_at'), 'suggestion', ['resident_id', 'created_at'], unique=False)
    op.create_index(op.f('ix_suggestion_state_created_at'), 'suggestion', ['state', 'created_at'], unique=False)
    op.create_table('entrypicture',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.Column('media', sa.LargeBinary(), nullable=False),
    sa.Column('state', STR(length=8), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', MOMENT(), nullable=True),
    sa.Column('reason', STR(length=120), nullable=False),
    sa.Column('image', sa.LargeBinary(), nullable=True),
    sa.Column('digest', STR(length=64), nullable=True),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('entry_id', sa.Uuid(), nullable=False),
    sa.Column('small', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['contestentry.id'], name=op.f('fk_entrypicture_entry_id_contestentry')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entrypicture'))
    )
    op.create_index(op.f('ix_entrypicture_entry_id'), 'entrypicture', ['entry_id'], unique=False)
    op.create_index(op.f('ix_entrypicture_state_due_at'), 'entrypicture', ['state', 'due_at'], unique=False)
    op.create_table('suggestionevent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('suggestion_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.Column('what', STR(length=16), nullable=False),
    sa.Column('by_title', STR(length=80), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_suggestionevent_suggestion_id_suggestion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestionevent')),
    sa.UniqueConstraint('suggestion_id', 'step', name=op.f('uq_suggestionevent_suggestion_id_step'))
    )
    op.create_table('suggestionpicture',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.Column('media', sa.LargeBinary(), nullable=False),
    sa.Column('state', STR(length=8), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', MOMENT(), nullable=True),
    sa.Column('reason', STR(length=120), nullable=False),
    sa.Column('image', sa.LargeBinary(), nullable=True),
    sa.Column('digest', STR(length=64), nullable=True),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('suggestion_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_suggestionpicture_suggestion_id_suggestion')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestionpicture'))
    )
    op.create_index(op.f('ix_suggestionpicture_state_due_at'), 'suggestionpicture', ['state', 'due_at'], unique=False)
    op.create_index(op.f('ix_suggestionpicture_suggestion_id'), 'suggestionpicture', ['suggestion_id'], unique=False)
    op.create_table('suggestionsupport',
    sa.Column('suggestion_id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('since', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_suggestionsupport_resident_id_resident')),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_suggestionsupport_suggestion_id_suggestion')),
    sa.PrimaryKeyConstraint('suggestion_id', 'resident_id', name=op.f('pk_suggestionsupport'))
    )
    op.create_index(op.f('ix_suggestionsupport_resident_id'), 'suggestionsupport', ['resident_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_suggestionsupport_resident_id'), table_name='suggestionsupport')
    op.drop_table('suggestionsupport')
    op.drop_index(op.f('ix_suggestionpicture_suggestion_id'), table_name='suggestionpicture')
    op.drop_index(op.f('ix_suggestionpicture_state_due_at'), table_name='suggestionpicture')
    op.drop_table('suggestionpicture')
    op.drop_table('suggestionevent')
    op.drop_index(op.f('ix_entrypicture_state_due_at'), table_name='entrypicture')
    op.drop_index(op.f('ix_entrypicture_entry_id'), table_name='entrypicture')
    op.drop_table('entrypicture')
    op.drop_index(op.f('ix_suggestion_state_created_at'), table_name='suggestion')
    op.drop_index(op.f('ix_suggestion_resident_id_created_at'), table_name='suggestion')
    op.drop_index(op.f('ix_suggestion_published_at'), table_name='suggestion')
    op.drop_index(op.f('ix_suggestion_area_id'), table_name='suggestion')
    op.drop_table('suggestion')
    op.drop_table('pollvote')
    op.drop_index(op.f('ix_contestentry_resident_id'), table_name='contestentry')
    op.drop_index(op.f('ix_contestentry_contest_id_state'), table_name='contestentry')
    op.drop_table('contestentry')
    op.drop_index(op.f('ix_poll_state_closes_at'), table_name='poll')
    op.drop_index(op.f('ix_poll_area_id'), table_name='poll')
    op.drop_index(op.f('ix_poll_activity_id'), table_name='poll')
    op.drop_table('poll')
    op.drop_index(op.f('ix_contest_state_closes_at'), table_name='contest')
    op.drop_index(op.f('ix_contest_area_id'), table_name='contest')
    op.drop_table('contest')
    op.drop_table('suggestionday')
