// Package media is the table of uploads: files of every kind that may be uploaded, and what is made of each under some settings,
// with the real ffmpeg and the plans of the transcoding process. It has tests only.
package media
