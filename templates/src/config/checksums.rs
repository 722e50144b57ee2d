//! When checksums are calculated and checked.

use crate::config::{Builder, Config, RequestChecksumCalculation, ResponseChecksumValidation};
//~ if chunks
use crate::operation::request_checksum::ChunkSize;
//~ end

impl Config {
    /// Returns when requests get a checksum, if that is set.
    #[inline]
    pub fn request_checksum_calculation(&self) -> Option<&RequestChecksumCalculation> {
        self.config.load::<RequestChecksumCalculation>()
    }

    /// Returns when the checksums of responses are checked, if that is set.
    #[inline]
    pub fn response_checksum_validation(&self) -> Option<&ResponseChecksumValidation> {
        self.config.load::<ResponseChecksumValidation>()
    }
}

impl Builder {
    /// Sets when requests get a checksum: if the service supports one, which is the default, or
    /// only if it requires one or the input names an algorithm.
    #[inline]
    pub fn request_checksum_calculation(
        mut self,
        request_checksum_calculation: RequestChecksumCalculation,
    ) -> Self {
        self.set_request_checksum_calculation(Some(request_checksum_calculation));
        self
    }

    /// Sets or removes [when requests get a checksum](Self::request_checksum_calculation).
    #[inline]
    pub fn set_request_checksum_calculation(
        &mut self,
        request_checksum_calculation: Option<RequestChecksumCalculation>,
    ) -> &mut Self {
        self.config.store_or_unset(request_checksum_calculation);
        self
    }

    /// Sets when the checksums of responses are checked: if the service sends one, which is the
    /// default, or only if the input enables it.
    #[inline]
    pub fn response_checksum_validation(
        mut self,
        response_checksum_validation: ResponseChecksumValidation,
    ) -> Self {
        self.set_response_checksum_validation(Some(response_checksum_validation));
        self
    }

    /// Sets or removes [when checksums of responses are
    /// checked](Self::response_checksum_validation).
    #[inline]
    pub fn set_response_checksum_validation(
        &mut self,
        response_checksum_validation: Option<ResponseChecksumValidation>,
    ) -> &mut Self {
        self.config.store_or_unset(response_checksum_validation);
        self
    }
    //~ if chunks

    /// Sets the number of bytes of a stream in one chunk: at least 8,192; the default is 65,536.
    /// `None` reads the stream into memory and sends it as a single chunk.
    ///
    /// A stream whose checksum follows it is sent in chunks, encoded as `aws-chunked`. A call fails
    /// if the size is too small. Streams of unknown length are sent as they are read.
    pub fn aws_chunked_encoding_chunk_size(mut self, chunk_size: Option<usize>) -> Self {
        self.set_aws_chunked_encoding_chunk_size(Some(chunk_size));
        self
    }

    /// Sets or removes the [size of chunks](Self::aws_chunked_encoding_chunk_size).
    #[inline]
    pub fn set_aws_chunked_encoding_chunk_size(
        &mut self,
        chunk_size: Option<Option<usize>>,
    ) -> &mut Self {
        self.config.store_or_unset(chunk_size.map(ChunkSize));
        self
    }
    //~ end
}
