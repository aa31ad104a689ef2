//! Thumbnails of some files: in one request, or each in its own where Graph takes no batches.

use super::{GraphClient, TokenSource};
use crate::graph::{
    FileRef, GraphError, ThumbnailSize, build_batch, build_thumbnail, parse_batch, parse_thumbnail,
    read_thumbnail, thumbnail_path,
};
use crate::picker::ports::{Clock, Entropy, Http};

/// The address of each file's thumbnail, in their order; `None` for one that has none.
pub(crate) type ThumbnailAnswers = Vec<Result<Option<String>, GraphError>>;

impl<P: Http + Clock + Entropy, T: TokenSource> GraphClient<P, T> {
    /// Asks for the thumbnails of up to [`BATCH_SIZE`](crate::graph::BATCH_SIZE) files in one request.
    ///
    /// # Errors
    /// [`GraphError`] of the batch as a whole.
    pub async fn thumbnails(
        &self,
        files: &[FileRef],
        size: ThumbnailSize,
    ) -> Result<ThumbnailAnswers, GraphError> {
        let paths: Vec<String> = files.iter().map(|file| thumbnail_path(file, size)).collect();
        let response = self.send(&build_batch(&self.base, &paths)).await?;
        let parts = parse_batch(&response, files.len())?;
        Ok(parts.into_iter().map(|part| part.map(|body| read_thumbnail(&body, size))).collect())
    }

    /// Asks for the thumbnail of one file.
    ///
    /// # Errors
    /// [`GraphError`] of the request.
    pub async fn thumbnail(&self, file: &FileRef, size: ThumbnailSize) -> Result<Option<String>, GraphError> {
        parse_thumbnail(&self.send(&build_thumbnail(&self.base, file, size)).await?, size)
    }
}

#[cfg(test)]
mod tests {
    use pollster::block_on;
    use serde_json::json;

    use super::*;
    use crate::picker::client::testing::*;

    #[test]
    fn asks_for_many_in_one_request_and_judges_each_alone() {
        let set = json!({"value": [{"small": {"url": "https://t/1"}}]});
        let world = world([body(json!({"responses": [
            {"id": "2", "status": 404, "body": {"error": {"code": "itemNotFound"}}},
            {"id": "1", "status": 200, "body": set},
            {"id": "3", "status": 200, "body": {"value": []}},
        ]}))]);
        let files: Vec<FileRef> = ["1", "2", "3"].map(|id| FileRef::parse("d", id).unwrap()).to_vec();
        let answers = block_on(world.client.thumbnails(&files, ThumbnailSize::Small)).unwrap();
        assert_eq!(answers[0].as_ref().unwrap().as_deref(), Some("https://t/1"));
        assert_eq!(answers[1].as_ref().unwrap_err().code(), "not_found");
        assert_eq!(answers[2], Ok(None));
        assert_eq!(world.asked(), 1);
    }
}
