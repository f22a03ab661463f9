-- On how many nodes of what is to be approved guests run whose CPU would become another.
alter table approval_request add column risk_guests integer default 0 not null;
