//! When checksums are calculated and checked.

use crate::config::{Builder, Config, RequestChecksumCalculation, ResponseChecksumValidation};

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
    /// Sets when requests get a checksum: wherever the service reads one, which is the default, or
    /// only where it insists on one, or the input names an algorithm.
    #[inline]
    pub fn request_checksum_calculation(
        mut self,
        request_checksum_calculation: RequestChecksumCalculation,
    ) -> Self {
        self.set_request_checksum_calculation(Some(request_checksum_calculation));
        self
    }

    /// Sets or removes the choice about [checksums of requests](Self::request_checksum_calculation).
    #[inline]
    pub fn set_request_checksum_calculation(
        &mut self,
        request_checksum_calculation: Option<RequestChecksumCalculation>,
    ) -> &mut Self {
        self.config.store_or_unset(request_checksum_calculation);
        self
    }

    /// Sets when the checksums of responses are checked: wherever the service sends one, which is
    /// the default, or only where the input asks for it.
    #[inline]
    pub fn response_checksum_validation(
        mut self,
        response_checksum_validation: ResponseChecksumValidation,
    ) -> Self {
        self.set_response_checksum_validation(Some(response_checksum_validation));
        self
    }

    /// Sets or removes the choice about [checksums of responses](Self::response_checksum_validation).
    #[inline]
    pub fn set_response_checksum_validation(
        &mut self,
        response_checksum_validation: Option<ResponseChecksumValidation>,
    ) -> &mut Self {
        self.config.store_or_unset(response_checksum_validation);
        self
    }
}
