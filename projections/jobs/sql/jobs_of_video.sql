-- All jobs of a video, for the page that shows how far it is.
select {columns} from jobs j where j.video_id = $1 order by j.position
