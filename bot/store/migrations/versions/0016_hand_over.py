"""Who has a conversation, and what the staff have set.

Revision ID: 0016
Revises: 0015
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, moment = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table('setting',
    sa.Column('name', text(length=32), nullable=False),
    sa.Column('value', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', moment(), nullable=False),
    sa.Column('changed_by', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['staff.id'], name=op.f('fk_setting_changed_by_staff')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_setting'))
    )
    op.create_table('handover',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('resident_id', sa.Uuid(), nullable=False),
    sa.Column('open_for', sa.Uuid(), nullable=True),
    sa.Column('channel', text(length=32), nullable=False),
    sa.Column('owner', text(length=8), nullable=False),
    sa.Column('live', sa.Boolean(), nullable=False),
    sa.Column('staff_id', sa.Uuid(), nullable=True),
    sa.Column('title', text(length=80), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('answered', sa.Boolean(), nullable=False),
    sa.Column('began_at', moment(), nullable=False),
    sa.Column('changed_at', moment(), nullable=False),
    sa.Column('waits_since', moment(), nullable=True),
    sa.Column('until', moment(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_handover_area_id_area')),
    sa.ForeignKeyConstraint(['open_for'], ['resident.id'], name=op.f('fk_handover_open_for_resident')),
    sa.ForeignKeyConstraint(['resident_id'], ['resident.id'], name=op.f('fk_handover_resident_id_resident')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_handover_staff_id_staff')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    sa.UniqueConstraint('open_for', name=op.f('uq_handover_open_for'))
    )
    op.create_index(op.f('ix_handover_area_id'), 'handover', ['area_id'], unique=False)
    op.create_index(op.f('ix_handover_owner_began_at'), 'handover', ['owner', 'began_at'], unique=False)
    op.create_index(op.f('ix_handover_resident_id'), 'handover', ['resident_id'], unique=False)
    op.create_index(op.f('ix_handover_until'), 'handover', ['until'], unique=False)


def downgrade() -> None:
    op.drop_table('handover')
    op.drop_table('setting')
