-- How many reports of abuse there are.
select count(*)
{from}
 where {where}
