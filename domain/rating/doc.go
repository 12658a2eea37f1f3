// Package rating decides what an account thinks of a video: likes it, dislikes it, or says nothing.
//
// There is one stream per account and video. It holds as many events as somebody changes their mind about one video, so it stays
// short however active an account or popular a video is; a stream per account would grow with every video somebody likes, and one
// per video with every viewer, who would also wait for each other.
//
// It may import domain/kernel. Read rate.go.
package rating
