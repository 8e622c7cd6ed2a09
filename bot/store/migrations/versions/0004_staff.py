"""Accounts of the back office.

Revision ID: 0004
Revises: 0003
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('login', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('station_id', sa.Uuid(), nullable=True),
    sa.Column('grid_id', sa.Uuid(), nullable=True),
    sa.Column('contact_id', sa.Uuid(), nullable=True),
    sa.Column('wecom_userid', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('password', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('must_change', sa.Boolean(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('locked_until', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint('CASE WHEN area_id IS NULL THEN 0 ELSE 1 END + CASE WHEN station_id IS NULL THEN 0 ELSE 1 END + CASE WHEN grid_id IS NULL THEN 0 ELSE 1 END <= 1', name=op.f('ck_staff_one_scope')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_staff_area_id_area')),
    sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_staff_contact_id_contact')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_staff_grid_id_grid')),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_staff_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('login', name=op.f('uq_staff_login')),
    sa.UniqueConstraint('wecom_userid', name=op.f('uq_staff_wecom_userid'))
    )
    for column in ('area_id', 'contact_id', 'grid_id', 'station_id'):
        op.create_index(op.f(f'ix_staff_{column}'), 'staff', [column], unique=False)


def downgrade() -> None:
    op.drop_table('staff')
