// Names of tags: TIFF 6.0, EXIF 2.32 (CIPA DC-008), XP tags of Windows.

#include <algorithm>
#include <iterator>

#include "exif.hpp"

namespace media {
namespace {

struct Tag {
  std::uint16_t number;
  std::string_view name;
};

constexpr Tag kTags[] = {
    {0x00FE, "NewSubfileType"},
    {0x0100, "ImageWidth"},
    {0x0101, "ImageLength"},
    {0x0102, "BitsPerSample"},
    {0x0103, "Compression"},
    {0x0106, "PhotometricInterpretation"},
    {0x010D, "DocumentName"},
    {0x010E, "ImageDescription"},
    {0x010F, "Make"},
    {0x0110, "Model"},
    {0x0111, "StripOffsets"},
    {0x0112, "Orientation"},
    {0x0115, "SamplesPerPixel"},
    {0x0116, "RowsPerStrip"},
    {0x0117, "StripByteCounts"},
    {0x011A, "XResolution"},
    {0x011B, "YResolution"},
    {0x011C, "PlanarConfiguration"},
    {0x0128, "ResolutionUnit"},
    {0x0131, "Software"},
    {0x0132, "DateTime"},
    {0x013B, "Artist"},
    {0x013C, "HostComputer"},
    {0x0201, "JPEGInterchangeFormat"},
    {0x0202, "JPEGInterchangeFormatLength"},
    {0x0213, "YCbCrPositioning"},
    {0x8298, "Copyright"},
    {0x829A, "ExposureTime"},
    {0x829D, "FNumber"},
    {0x8822, "ExposureProgram"},
    {0x8827, "PhotographicSensitivity"},
    {0x8830, "SensitivityType"},
    {0x8832, "RecommendedExposureIndex"},
    {0x9000, "ExifVersion"},
    {0x9003, "DateTimeOriginal"},
    {0x9004, "DateTimeDigitized"},
    {0x9010, "OffsetTime"},
    {0x9011, "OffsetTimeOriginal"},
    {0x9012, "OffsetTimeDigitized"},
    {0x9101, "ComponentsConfiguration"},
    {0x9102, "CompressedBitsPerPixel"},
    {0x9201, "ShutterSpeedValue"},
    {0x9202, "ApertureValue"},
    {0x9203, "BrightnessValue"},
    {0x9204, "ExposureBiasValue"},
    {0x9205, "MaxApertureValue"},
    {0x9206, "SubjectDistance"},
    {0x9207, "MeteringMode"},
    {0x9208, "LightSource"},
    {0x9209, "Flash"},
    {0x920A, "FocalLength"},
    {0x9214, "SubjectArea"},
    {0x927C, "MakerNote"},
    {0x9286, "UserComment"},
    {0x9290, "SubSecTime"},
    {0x9291, "SubSecTimeOriginal"},
    {0x9292, "SubSecTimeDigitized"},
    {0x9C9B, "XPTitle"},
    {0x9C9C, "XPComment"},
    {0x9C9D, "XPAuthor"},
    {0x9C9E, "XPKeywords"},
    {0x9C9F, "XPSubject"},
    {0xA000, "FlashpixVersion"},
    {0xA001, "ColorSpace"},
    {0xA002, "PixelXDimension"},
    {0xA003, "PixelYDimension"},
    {0xA004, "RelatedSoundFile"},
    {0xA20E, "FocalPlaneXResolution"},
    {0xA20F, "FocalPlaneYResolution"},
    {0xA210, "FocalPlaneResolutionUnit"},
    {0xA217, "SensingMethod"},
    {0xA300, "FileSource"},
    {0xA301, "SceneType"},
    {0xA401, "CustomRendered"},
    {0xA402, "ExposureMode"},
    {0xA403, "WhiteBalance"},
    {0xA404, "DigitalZoomRatio"},
    {0xA405, "FocalLengthIn35mmFilm"},
    {0xA406, "SceneCaptureType"},
    {0xA407, "GainControl"},
    {0xA408, "Contrast"},
    {0xA409, "Saturation"},
    {0xA40A, "Sharpness"},
    {0xA40C, "SubjectDistanceRange"},
    {0xA420, "ImageUniqueID"},
    {0xA430, "CameraOwnerName"},
    {0xA431, "BodySerialNumber"},
    {0xA432, "LensSpecification"},
    {0xA433, "LensMake"},
    {0xA434, "LensModel"},
    {0xA435, "LensSerialNumber"},
    {0xA460, "CompositeImage"},
};

constexpr std::string_view kGps[] = {"GPSVersionID",       "GPSLatitudeRef",
                                     "GPSLatitude",        "GPSLongitudeRef",
                                     "GPSLongitude",       "GPSAltitudeRef",
                                     "GPSAltitude",        "GPSTimeStamp",
                                     "GPSSatellites",      "GPSStatus",
                                     "GPSMeasureMode",     "GPSDOP",
                                     "GPSSpeedRef",        "GPSSpeed",
                                     "GPSTrackRef",        "GPSTrack",
                                     "GPSImgDirectionRef", "GPSImgDirection",
                                     "GPSMapDatum",        "GPSDestLatitudeRef",
                                     "GPSDestLatitude",    "GPSDestLongitudeRef",
                                     "GPSDestLongitude",   "GPSDestBearingRef",
                                     "GPSDestBearing",     "GPSDestDistanceRef",
                                     "GPSDestDistance",    "GPSProcessingMethod",
                                     "GPSAreaInformation", "GPSDateStamp",
                                     "GPSDifferential",    "GPSHPositioningError"};

}  // namespace

std::string_view exif_tag(std::uint32_t tag, bool gps) {
  if (gps) return tag < std::size(kGps) ? kGps[tag] : std::string_view{};
  const auto* found = std::ranges::lower_bound(kTags, tag, {}, &Tag::number);
  return found != std::end(kTags) && found->number == tag ? found->name : std::string_view{};
}

}  // namespace media
