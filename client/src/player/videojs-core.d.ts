/** video.js without its own streaming engine; the package has types for the whole only. */
declare module 'video.js/core' {
  import videojs from 'video.js'
  export default videojs
}
