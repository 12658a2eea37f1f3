-- A page of jobs, in the order of their requests.
select {columns}
  from jobs j
 where {where}
 order by j.position {dir}
 limit {limit} offset {offset}
