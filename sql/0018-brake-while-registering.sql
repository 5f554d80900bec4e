-- The brake looks while people are registered as well. `brake_base`: answers and refusals of registrations up to the last
-- judgement; what came since is judged together once it is enough. `brake_looked_at`: counting a country takes its while.
alter table run add column brake_base jsonb;
alter table run add column brake_looked_at timestamptz;
