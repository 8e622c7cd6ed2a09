"""Residents: profiles with their consents, preferences, invitations; and the pictures of tickets themselves.

Revision ID: 0008
Revises: 0007
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


STR = sqlmodel.sql.sqltypes.AutoString
MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    with op.batch_alter_table('resident', schema=None) as batch_op:
        batch_op.add_column(sa.Column('erased_at', MOMENT(), nullable=True))
        batch_op.create_index(op.f('ix_resident_erased_at'), ['erased_at'], unique=False)

    op.create_table('profile',
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('phone_hash', STR(length=64), nullable=True),
    sa.Column('verified_hash', STR(length=64), nullable=True),
    sa.Column('verified_at', MOMENT(), nullable=True),
    sa.Column('room', sa.LargeBinary(), nullable=True),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_profile_resident_id_resident')),
    sa.PrimaryKeyConstraint('resident_id', name=op.f('pk_profile')),
    sa.UniqueConstraint('verified_hash', name=op.f('uq_profile_verified_hash'))
    )
    op.create_index(op.f('ix_profile_phone_hash'), 'profile', ['phone_hash'], unique=False)

    op.create_table('consent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('what', STR(length=16), nullable=False),
    sa.Column('at', MOMENT(), nullable=False),
    sa.Column('wording', STR(length=16), nullable=False),
    sa.Column('withdrawn_at', MOMENT(), nullable=True),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_consent_resident_id_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    op.create_index(op.f('ix_consent_resident_id'), 'consent', ['resident_id'], unique=False)

    op.create_table('preference',
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('kind', STR(length=24), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.Column('changed_at', MOMENT(), nullable=False),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_preference_resident_id_resident')),
    sa.PrimaryKeyConstraint('resident_id', 'kind', name=op.f('pk_preference'))
    )

    op.create_table('invitation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('scene', STR(length=64), nullable=False),
    sa.Column('purpose', STR(length=32), nullable=False),
    sa.Column('payload', sa.LargeBinary(), nullable=True),
    sa.Column('resident_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', MOMENT(), nullable=False),
    sa.Column('expires_at', MOMENT(), nullable=False),
    sa.Column('used_at', MOMENT(), nullable=True),
    sa.Column('used_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_invitation_resident_id_resident')),
    sa.ForeignKeyConstraint(['used_by'], ['resident.id'], name=op.f('fk_invitation_used_by_resident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('scene', name=op.f('uq_invitation_scene'))
    )
    for column in ('expires_at', 'resident_id', 'used_by'):
        op.create_index(op.f(f'ix_invitation_{column}'), 'invitation', [column], unique=False)

    with op.batch_alter_table('ticketpicture', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', STR(length=8), nullable=False, server_default='waiting'))
        batch_op.add_column(sa.Column('tries', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('due_at', MOMENT(), nullable=True))
        batch_op.add_column(sa.Column('reason', STR(length=120), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('image', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('digest', STR(length=64), nullable=True))
        batch_op.add_column(sa.Column('width', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('height', sa.Integer(), nullable=True))
        batch_op.create_index(op.f('ix_ticketpicture_state_due_at'), ['state', 'due_at'], unique=False)
    op.execute('UPDATE ticketpicture SET due_at = at')
    with op.batch_alter_table('ticketpicture', schema=None) as batch_op:
        for column in ('state', 'tries', 'reason'):
            batch_op.alter_column(column, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('ticketpicture', schema=None) as batch_op:
        batch_op.drop_index(op.f('ix_ticketpicture_state_due_at'))
        for column in ('height', 'width', 'digest', 'image', 'reason', 'due_at', 'tries', 'state'):
            batch_op.drop_column(column)
    for table in ('invitation', 'preference', 'consent', 'profile'):
        op.drop_table(table)
    with op.batch_alter_table('resident', schema=None) as batch_op:
        batch_op.drop_index(op.f('ix_resident_erased_at'))
        batch_op.drop_column('erased_at')
