"""Customer service in WeCom, customers' groups, reports from them.

Revision ID: 0024
Revises: 0023
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table('customergroup',
    sa.Column('chat_id', STR(length=64), nullable=False),
    sa.Column('name', STR(length=80), nullable=False),
    sa.Column('owner', STR(length=64), nullable=False),
    sa.Column('members', sa.Integer(), nullable=False),
    sa.Column('dismissed', sa.Boolean(), nullable=False),
    sa.Column('seen_at', MOMENT(), nullable=True),
    sa.Column('due_at', MOMENT(), nullable=True),
    sa.Column('welcome', STR(length=3000), nullable=False),
    sa.Column('welcome_id', STR(length=64), nullable=False),
    sa.Column('welcome_due_at', MOMENT(), nullable=True),
    sa.Column('join_state', STR(length=30), nullable=False),
    sa.Column('join_id', STR(length=64), nullable=False),
    sa.Column('join_code', STR(length=400), nullable=False),
    sa.Column('join_due_at', MOMENT(), nullable=True),
    sa.Column('trouble', STR(length=200), nullable=False),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pk_customergroup'))
    )
    op.create_index(op.f('ix_customergroup_due_at'), 'customergroup', ['due_at'], unique=False)
    op.create_index(op.f('ix_customergroup_join_due_at'), 'customergroup', ['join_due_at'], unique=False)
    op.create_index(op.f('ix_customergroup_welcome_due_at'), 'customergroup', ['welcome_due_at'], unique=False)
    op.create_table('kfaccount',
    sa.Column('open_kfid', STR(length=64), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('since', MOMENT(), nullable=False),
    sa.Column('cursor', STR(length=512), nullable=False),
    sa.Column('heard', sa.Integer(), nullable=False),
    sa.Column('token', sa.LargeBinary(), nullable=True),
    sa.Column('token_until', MOMENT(), nullable=True),
    sa.Column('due_at', MOMENT(), nullable=False),
    sa.Column('held_until', MOMENT(), nullable=True),
    sa.Column('url', STR(length=500), nullable=False),
    sa.Column('link_due_at', MOMENT(), nullable=True),
    sa.PrimaryKeyConstraint('open_kfid', name=op.f('pk_kfaccount'))
    )
    op.create_index(op.f('ix_kfaccount_due_at'), 'kfaccount', ['due_at'], unique=False)
    op.create_table('reportcursor',
    sa.Column('name', STR(length=16), nullable=False),
    sa.Column('since', MOMENT(), nullable=False),
    sa.Column('began_at', MOMENT(), nullable=True),
    sa.Column('cursor', STR(length=512), nullable=False),
    sa.Column('due_at', MOMENT(), nullable=False),
    sa.Column('held_until', MOMENT(), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_reportcursor'))
    )
    op.create_table('customertask',
    sa.Column('post_id', sa.Uuid(), nullable=False),
    sa.Column('msgid', STR(length=64), nullable=False),
    sa.Column('chat_id', STR(length=64), nullable=False),
    sa.Column('owner', STR(length=64), nullable=False),
    sa.Column('state', STR(length=12), nullable=False),
    sa.Column('made_at', MOMENT(), nullable=False),
    sa.Column('due_at', MOMENT(), nullable=False),
    sa.Column('reminded', sa.Integer(), nullable=False),
    sa.Column('remind_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['post_id'], ['grouppost.id'], name=op.f('fk_customertask_post_id_grouppost'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('post_id', name=op.f('pk_customertask'))
    )
    op.create_index(op.f('ix_customertask_due_at'), 'customertask', ['due_at'], unique=False)
    op.create_table('kfsession',
    sa.Column('sender', STR(length=64), nullable=False),
    sa.Column('open_kfid', STR(length=64), nullable=False),
    sa.Column('state', sa.Integer(), nullable=False),
    sa.Column('servicer', STR(length=64), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.Column('wants', sa.Integer(), nullable=True),
    sa.Column('wants_servicer', STR(length=64), nullable=False),
    sa.Column('wants_at', MOMENT(), nullable=True),
    sa.Column('asked_by', sa.Uuid(), nullable=True),
    sa.Column('code', sa.LargeBinary(), nullable=True),
    sa.Column('code_until', MOMENT(), nullable=True),
    sa.Column('code_at', MOMENT(), nullable=True),
    sa.Column('code_only', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['staff.id'], name=op.f('fk_kfsession_asked_by_staff')),
    sa.PrimaryKeyConstraint('sender', name=op.f('pk_kfsession'))
    )
    op.create_index(op.f('ix_kfsession_wants'), 'kfsession', ['wants'], unique=False)
    op.create_table('residentreport',
    sa.Column('order_id', STR(length=64), nullable=False),
    sa.Column('ticket_id', sa.Uuid(), nullable=False),
    sa.Column('seen', STR(length=64), nullable=False),
    sa.Column('reporter', sa.LargeBinary(), nullable=True),
    sa.Column('said', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('taken_at', MOMENT(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_residentreport_ticket_id_ticket')),
    sa.PrimaryKeyConstraint('order_id', name=op.f('pk_residentreport'))
    )
    op.create_index(op.f('ix_residentreport_ticket_id'), 'residentreport', ['ticket_id'], unique=False)
    op.create_table('unionname',
    sa.Column('channel', STR(length=32), nullable=False),
    sa.Column('sender', STR(length=64), nullable=False),
    sa.Column('hash', STR(length=64), nullable=False),
    sa.Column('asked_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['channel', 'sender'], ['identity.channel', 'identity.sender'], name=op.f('fk_unionname_channel_identity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('channel', 'sender', name=op.f('pk_unionname'))
    )
    op.create_index(op.f('ix_unionname_hash'), 'unionname', ['hash'], unique=False)


def downgrade() -> None:
    op.drop_table('unionname')
    op.drop_table('residentreport')
    op.drop_table('kfsession')
    op.drop_table('customertask')
    op.drop_table('reportcursor')
    op.drop_table('kfaccount')
    op.drop_table('customergroup')
