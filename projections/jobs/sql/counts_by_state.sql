-- How many jobs are in each state.
select state, count(*) from jobs group by state
