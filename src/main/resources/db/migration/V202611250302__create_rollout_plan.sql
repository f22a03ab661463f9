-- How a change is carried out: in which waves, how much may fail, when. Editable until the start, then as it was started.
-- waves is a list as "1/100 10%/90 100%/90": up to how many nodes, and how many per cent of the wave must succeed.
-- accepted_wave is the last wave for whose shortfall a person answered.
create table rollout_plan (
	change_id varchar(32) not null primary key,
	waves varchar(400) not null,
	budget varchar(8) not null,
	at_once integer not null,
	window_from varchar(5),
	window_to varchar(5),
	window_days varchar(40),
	accepted_wave integer not null,
	constraint rollout_plan_at_once check (at_once between 1 and 100),
	constraint rollout_plan_window check ((window_from is null) = (window_to is null))
);
