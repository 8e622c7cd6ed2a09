"""Places and people: areas, compounds, buildings, grids, contacts, holidays, closures.

Revision ID: 0002
Revises: 0001
"""

from alembic import op
import sqlalchemy as sa
import sqlmodel
from sqlalchemy.dialects import postgresql

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None
FACILITIES = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('area',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('level', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['parent_id'], ['area.id'], name=op.f('fk_area_parent_id_area'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area')),
    sa.UniqueConstraint('code', name=op.f('uq_area_code'))
    )
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_level'), ['level'], unique=False)
        batch_op.create_index(batch_op.f('ix_area_parent_id'), ['parent_id'], unique=False)

    op.create_table('holiday',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_holiday'))
    )
    op.create_table('compound',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_compound_area_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compound')),
    sa.UniqueConstraint('code', name=op.f('uq_compound_code'))
    )
    with op.batch_alter_table('compound', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_compound_area_id'), ['area_id'], unique=False)

    op.create_table('grid',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('area_id', sa.Uuid(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_grid_area_id_area')),
    sa.ForeignKeyConstraint(['parent_id'], ['grid.id'], name=op.f('fk_grid_parent_id_grid'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grid')),
    sa.UniqueConstraint('code', name=op.f('uq_grid_code'))
    )
    with op.batch_alter_table('grid', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grid_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grid_parent_id'), ['parent_id'], unique=False)

    op.create_table('building',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('compound_id', sa.Uuid(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('units', sa.Integer(), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['compound_id'], ['compound.id'], name=op.f('fk_building_compound_id_compound')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_building')),
    sa.UniqueConstraint('compound_id', 'number', name=op.f('uq_building_compound_id_number'))
    )
    with op.batch_alter_table('building', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_building_number'), ['number'], unique=False)

    op.create_table('closure',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('station_id', sa.Uuid(), nullable=False),
    sa.Column('starts_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('ends_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.ForeignKeyConstraint(['station_id'], ['station.id'], name=op.f('fk_closure_station_id_station')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closure'))
    )
    with op.batch_alter_table('closure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_closure_station_id_ends_at'), ['station_id', 'ends_at'], unique=False)

    op.create_table('compoundname',
    sa.Column('compound_id', sa.Uuid(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.ForeignKeyConstraint(['compound_id'], ['compound.id'], name=op.f('fk_compoundname_compound_id_compound')),
    sa.PrimaryKeyConstraint('compound_id', 'name', name=op.f('pk_compoundname'))
    )
    op.create_table('contact',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('role', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('hours', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('grid_id', sa.Uuid(), nullable=True),
    sa.Column('building_id', sa.Uuid(), nullable=True),
    sa.Column('compound_id', sa.Uuid(), nullable=True),
    sa.Column('area_id', sa.Uuid(), nullable=True),
    sa.Column('leave_from', sa.Date(), nullable=True),
    sa.Column('leave_until', sa.Date(), nullable=True),
    sa.Column('stand_in_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint('CASE WHEN grid_id IS NULL THEN 0 ELSE 1 END + CASE WHEN building_id IS NULL THEN 0 ELSE 1 END + CASE WHEN compound_id IS NULL THEN 0 ELSE 1 END + CASE WHEN area_id IS NULL THEN 0 ELSE 1 END = 1', name=op.f('ck_contact_one_scope')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_contact_area_id_area')),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_contact_building_id_building')),
    sa.ForeignKeyConstraint(['compound_id'], ['compound.id'], name=op.f('fk_contact_compound_id_compound')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_contact_grid_id_grid')),
    sa.ForeignKeyConstraint(['stand_in_id'], ['contact.id'], name=op.f('fk_contact_stand_in_id_contact'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact')),
    sa.UniqueConstraint('code', name=op.f('uq_contact_code'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_area_id'), ['area_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_building_id'), ['building_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_compound_id'), ['compound_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_grid_id'), ['grid_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_role'), ['role'], unique=False)

    op.create_table('gridbuilding',
    sa.Column('grid_id', sa.Uuid(), nullable=False),
    sa.Column('building_id', sa.Uuid(), nullable=False),
    sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.ForeignKeyConstraint(['building_id'], ['building.id'], name=op.f('fk_gridbuilding_building_id_building')),
    sa.ForeignKeyConstraint(['grid_id'], ['grid.id'], name=op.f('fk_gridbuilding_grid_id_grid')),
    sa.PrimaryKeyConstraint('grid_id', 'building_id', 'unit', name=op.f('pk_gridbuilding'))
    )
    with op.batch_alter_table('gridbuilding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gridbuilding_building_id'), ['building_id'], unique=False)

    with op.batch_alter_table('resident', schema=None) as batch_op:
        batch_op.add_column(sa.Column('building_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('unit', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=True))
        batch_op.add_column(sa.Column('building_asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column('building_agreed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_resident_building_id'), ['building_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_resident_building_id_building'), 'building', ['building_id'], ['id'])

    with op.batch_alter_table('station', schema=None) as batch_op:
        batch_op.add_column(sa.Column('area_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('facilities', FACILITIES, nullable=True))
        batch_op.create_index(batch_op.f('ix_station_area_id'), ['area_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_station_area_id_area'), 'area', ['area_id'], ['id'])

    op.execute("UPDATE station SET facilities = '[]'")
    with op.batch_alter_table('station', schema=None) as batch_op:
        batch_op.alter_column('facilities', existing_type=FACILITIES, nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('station', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_station_area_id_area'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_station_area_id'))
        batch_op.drop_column('facilities')
        batch_op.drop_column('area_id')

    with op.batch_alter_table('resident', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_resident_building_id_building'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_resident_building_id'))
        batch_op.drop_column('building_agreed_at')
        batch_op.drop_column('building_asked_at')
        batch_op.drop_column('unit')
        batch_op.drop_column('building_id')

    with op.batch_alter_table('gridbuilding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gridbuilding_building_id'))

    op.drop_table('gridbuilding')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_role'))
        batch_op.drop_index(batch_op.f('ix_contact_grid_id'))
        batch_op.drop_index(batch_op.f('ix_contact_compound_id'))
        batch_op.drop_index(batch_op.f('ix_contact_building_id'))
        batch_op.drop_index(batch_op.f('ix_contact_area_id'))

    op.drop_table('contact')
    op.drop_table('compoundname')
    with op.batch_alter_table('closure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_closure_station_id_ends_at'))

    op.drop_table('closure')
    with op.batch_alter_table('building', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_building_number'))

    op.drop_table('building')
    with op.batch_alter_table('grid', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_grid_parent_id'))
        batch_op.drop_index(batch_op.f('ix_grid_area_id'))

    op.drop_table('grid')
    with op.batch_alter_table('compound', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_compound_area_id'))

    op.drop_table('compound')
    op.drop_table('holiday')
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_parent_id'))
        batch_op.drop_index(batch_op.f('ix_area_level'))

    op.drop_table('area')
