"""Groups, what was written to them, and what waits for a tap.

Revision ID: 0022
Revises: 0021
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('grouptally',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('what', STR(length=100), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grouptally'))
    )
    op.create_index(op.f('ix_grouptally_at'), 'grouptally', ['at'], unique=False)
    op.create_index(op.f('ix_grouptally_what_at'), 'grouptally', ['what', 'at'], unique=False)
    op.create_table('groupchat',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', STR(length=32), nullable=False),
    sa.Column('name', STR(length=80), nullable=False),
    sa.Column('kind', STR(length=24), nullable=False),
    sa.Column('audience', STR(length=16), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('can_receive_at', sa.Boolean(), nullable=False),
    sa.Column('can_push', sa.Boolean(), nullable=False),
    sa.Column('can_card', sa.Boolean(), nullable=False),
    sa.Column('needs_human_confirm', sa.Boolean(), nullable=False),
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('chat_id', STR(length=128), nullable=True),
    sa.Column('hook', sa.LargeBinary(), nullable=True),
    sa.Column('secret', sa.LargeBinary(), nullable=True),
    sa.Column('per_minute', sa.Integer(), nullable=False),
    sa.Column('per_day', sa.Integer(), nullable=False),
    sa.Column('trouble', STR(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_groupchat_area_id_area')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_groupchat_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_groupchat')),
    sa.UniqueConstraint('channel', 'chat_id', name=op.f('uq_groupchat_channel_chat_id')),
    sa.UniqueConstraint('code', name=op.f('uq_groupchat_code'))
    )
    op.create_index(op.f('ix_groupchat_area_id'), 'groupchat', ['area_id'], unique=False)
    op.create_index(op.f('ix_groupchat_station_id'), 'groupchat', ['station_id'], unique=False)
    op.create_table('grouppost',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', STR(length=160), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('state', STR(length=16), nullable=False),
    sa.Column('reason', STR(length=200), nullable=False),
    sa.Column('gone', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', MOMENT(), nullable=False),
    sa.Column('until', MOMENT(), nullable=False),
    sa.Column('platform_id', STR(length=128), nullable=False),
    sa.Column('created_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.Column('sent_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['groupchat.id'], name=op.f('fk_grouppost_group_id_groupchat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grouppost')),
    sa.UniqueConstraint('key', name=op.f('uq_grouppost_key'))
    )
    op.create_index(op.f('ix_grouppost_group_id_created_at'), 'grouppost', ['group_id', 'created_at'], unique=False)
    op.create_index(op.f('ix_grouppost_platform_id'), 'grouppost', ['platform_id'], unique=False)
    op.create_index(op.f('ix_grouppost_state_due_at'), 'grouppost', ['state', 'due_at'], unique=False)
    op.create_table('carried',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('digest', STR(length=64), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('group_id', sa.Uuid(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('code', STR(length=400), nullable=False),
    sa.Column('made_at', MOMENT(), nullable=False),
    sa.Column('expires_at', MOMENT(), nullable=False),
    sa.Column('used_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['groupchat.id'], name=op.f('fk_carried_group_id_groupchat')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_carried_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carried')),
    sa.UniqueConstraint('digest', name=op.f('uq_carried_digest'))
    )
    op.create_index(op.f('ix_carried_expires_at'), 'carried', ['expires_at'], unique=False)
    op.create_index(op.f('ix_carried_group_id'), 'carried', ['group_id'], unique=False)
    op.create_index(op.f('ix_carried_resident_id'), 'carried', ['resident_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_carried_resident_id'), table_name='carried')
    op.drop_index(op.f('ix_carried_group_id'), table_name='carried')
    op.drop_index(op.f('ix_carried_expires_at'), table_name='carried')
    op.drop_table('carried')
    op.drop_index(op.f('ix_grouppost_state_due_at'), table_name='grouppost')
    op.drop_index(op.f('ix_grouppost_platform_id'), table_name='grouppost')
    op.drop_index(op.f('ix_grouppost_group_id_created_at'), table_name='grouppost')
    op.drop_table('grouppost')
    op.drop_index(op.f('ix_groupchat_station_id'), table_name='groupchat')
    op.drop_index(op.f('ix_groupchat_area_id'), table_name='groupchat')
    op.drop_table('groupchat')
    op.drop_index(op.f('ix_grouptally_what_at'), table_name='grouptally')
    op.drop_index(op.f('ix_grouptally_at'), table_name='grouptally')
    op.drop_table('grouptally')
