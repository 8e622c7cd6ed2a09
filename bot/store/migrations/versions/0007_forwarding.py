"""Forwarding: destinations and what they were sent.

Revision ID: 0007
Revises: 0006
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('destination',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('way', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('secret', sa.LargeBinary(), nullable=True),
    sa.Column('jurisdiction', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('form', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('talks', sa.Boolean(), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('kinds', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('services', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('contact_leaves', sa.Boolean(), nullable=False),
    sa.Column('words_leave', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('polled_to', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('poll_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_destination_area_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_destination')),
    sa.UniqueConstraint('code', name=op.f('uq_destination_code'))
    )
    op.create_index(op.f('ix_destination_area_id'), 'destination', ['area_id'], unique=False)
    op.create_index(op.f('ix_destination_poll_at'), 'destination', ['poll_at'], unique=False)
    op.create_table('apikey',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('destination_id', sa.Uuid(), nullable=True),
    sa.Column('may_post', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_apikey_area_id_area')),
    sa.ForeignKeyConstraint(['destination_id'], ['destination.id'], name=op.f('fk_apikey_destination_id_destination')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apikey')),
    sa.UniqueConstraint('code', name=op.f('uq_apikey_code')),
    sa.UniqueConstraint('digest', name=op.f('uq_apikey_digest'))
    )
    op.create_index(op.f('ix_apikey_area_id'), 'apikey', ['area_id'], unique=False)
    op.create_index(op.f('ix_apikey_destination_id'), 'apikey', ['destination_id'], unique=False)
    op.create_table('apirequest',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('api_key_id', sa.Uuid(), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['api_key_id'], ['apikey.id'], name=op.f('fk_apirequest_api_key_id_apikey')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_apirequest_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apirequest')),
    sa.UniqueConstraint('api_key_id', 'reference', name=op.f('uq_apirequest_api_key_id_reference'))
    )
    op.create_index(op.f('ix_apirequest_ticket_id'), 'apirequest', ['ticket_id'], unique=False)
    op.create_table('apiupdate',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('api_key_id', sa.Uuid(), nullable=False),
    sa.Column('update_id', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['api_key_id'], ['apikey.id'], name=op.f('fk_apiupdate_api_key_id_apikey')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_apiupdate_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apiupdate')),
    sa.UniqueConstraint('api_key_id', 'update_id', name=op.f('uq_apiupdate_api_key_id_update_id'))
    )
    op.create_index(op.f('ix_apiupdate_ticket_id'), 'apiupdate', ['ticket_id'], unique=False)
    op.create_table('forward',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('destination_id', sa.Uuid(), nullable=False),
    sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('reached', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('external_id', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('token', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('unsure', sa.Boolean(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('failing_since', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('told', sa.Integer(), nullable=False),
    sa.Column('next_try', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('heard', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('heard_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('parked_by', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('parked_why', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('changed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['destination_id'], ['destination.id'], name=op.f('fk_forward_destination_id_destination')),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_forward_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forward')),
    sa.UniqueConstraint('ticket_id', 'destination_id', name=op.f('uq_forward_ticket_id_destination_id'))
    )
    op.create_index(op.f('ix_forward_destination_id'), 'forward', ['destination_id'], unique=False)
    op.create_index(op.f('ix_forward_external_id'), 'forward', ['external_id'], unique=False)
    op.create_index(op.f('ix_forward_state_next_try'), 'forward', ['state', 'next_try'], unique=False)
    op.create_table('forwardconsent',
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('contact', sa.LargeBinary(), nullable=False),
    sa.Column('agreed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_forwardconsent_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('ticket_id', name=op.f('pk_forwardconsent'))
    )
    op.create_table('forwardnews',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('destination_id', sa.Uuid(), nullable=False),
    sa.Column('forward_id', sa.Uuid(), nullable=False),
    sa.Column('update_id', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('status', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('applied', sa.Boolean(), nullable=False),
    sa.Column('received_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['destination_id'], ['destination.id'], name=op.f('fk_forwardnews_destination_id_destination')),
    sa.ForeignKeyConstraint(['forward_id'], ['forward.id'], name=op.f('fk_forwardnews_forward_id_forward')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forwardnews')),
    sa.UniqueConstraint('destination_id', 'update_id', name=op.f('uq_forwardnews_destination_id_update_id'))
    )
    op.create_index(op.f('ix_forwardnews_forward_id'), 'forwardnews', ['forward_id'], unique=False)
    op.create_table('forwardstep',
    sa.Column('forward_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('sent_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['forward_id'], ['forward.id'], name=op.f('fk_forwardstep_forward_id_forward')),
    sa.PrimaryKeyConstraint('forward_id', 'step', name=op.f('pk_forwardstep'))
    )
    op.create_table('forwardtry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('forward_id', sa.Uuid(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('outcome', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.ForeignKeyConstraint(['forward_id'], ['forward.id'], name=op.f('fk_forwardtry_forward_id_forward')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_forwardtry'))
    )
    op.create_index(op.f('ix_forwardtry_forward_id'), 'forwardtry', ['forward_id'], unique=False)


def downgrade() -> None:
    op.drop_table('forwardtry')
    op.drop_table('forwardstep')
    op.drop_table('forwardnews')
    op.drop_table('forwardconsent')
    op.drop_table('forward')
    op.drop_table('apiupdate')
    op.drop_table('apirequest')
    op.drop_table('apikey')
    op.drop_table('destination')
