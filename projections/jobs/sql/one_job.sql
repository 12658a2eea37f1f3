-- One job by its UUID.
select {columns} from jobs j where j.id = $1
