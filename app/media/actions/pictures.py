"""Turning bytes that claim to be a photo into a picture that holds nothing but pixels."""

import io
import warnings

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from app.core import storage
from app.core.errors import RuleBroken
from app.media.queries import original_of
from app.media.rules import LEAST_SIDE, MOST_BYTES, MOST_PIXELS, WIDTHS

try:
    import pillow_heif
except ImportError:  # the extra "heic" is not installed
    HEIC = False
else:
    pillow_heif.register_heif_opener(thumbnails=False)
    HEIC = True

# Pillow itself refuses what claims more pixels than this, before it unpacks any of them.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
ACCEPTED = ("JPEG", "PNG", "WEBP", *(("HEIF",) if HEIC else ()))
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


def open_clean(content: bytes) -> Image.Image:
    """The picture in `content`: upright, RGB, at most as wide as the widest copy, without any metadata.

    What it is, is decided by its content; name and declared type are not asked. Raises RuleBroken
    (photo_wrong_type, photo_too_large, photo_too_small, photo_broken), field "file".
    """
    if len(content) > MOST_BYTES:
        raise RuleBroken("photo_too_large", field="file")
    if not HEIC and content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise RuleBroken("photo_heic_unknown", field="file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=ACCEPTED) as opened:
                return _cleaned(opened)
    except UnidentifiedImageError as error:
        raise RuleBroken("photo_wrong_type", field="file") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise RuleBroken("photo_too_large", field="file") from error
    except RuleBroken:
        raise
    except Exception as error:  # decoders raise anything from OSError to SyntaxError on hostile input
        raise RuleBroken("photo_broken", field="file") from error


def _cleaned(opened: Image.Image) -> Image.Image:
    if opened.width * opened.height > MOST_PIXELS:
        raise RuleBroken("photo_too_large", field="file")
    if min(opened.size) < LEAST_SIDE:
        raise RuleBroken("photo_too_small", field="file")
    widest = max(WIDTHS)
    opened.draft("RGB", (widest, widest))  # a JPEG is unpacked no larger than needed
    opened.load()
    profile = opened.info.get("icc_profile")
    picture = ImageOps.exif_transpose(opened)
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    picture = _in_srgb(picture.convert("RGB") if picture.mode != "CMYK" else picture, profile)
    if picture.width > widest:
        picture = picture.resize(
            (widest, max(1, round(picture.height * widest / picture.width))), Image.Resampling.LANCZOS
        )
    # Pasted into a new picture, so that nothing that hangs on the old one can come along.
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    return fresh


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as the screen expects them, since the profile itself is dropped."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            done = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            done = None
        if done is not None:
            return done
    return picture.convert("RGB")


def encoded(picture: Image.Image, kind: str, *, quality: int) -> bytes:
    """The picture as "jpg", "webp" or "avif" of a quality from 1 to 95."""
    target = io.BytesIO()
    if kind == "avif":
        picture.save(target, "AVIF", quality=quality, speed=8)
    elif kind == "webp":
        picture.save(target, "WEBP", quality=quality, method=4)
    else:
        picture.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
    return target.getvalue()


def as_scan(content: bytes) -> bytes:
    """A photo of a sheet of paper as a clean JPEG that can still be read; raises as `open_clean`."""
    return encoded(open_clean(content), "jpg", quality=75)


def resized(picture: Image.Image, width: int) -> Image.Image:
    """A copy `width` pixels wide in the same proportions."""
    if picture.width == width:
        return picture
    return picture.resize(
        (width, max(1, round(picture.height * width / picture.width))), Image.Resampling.LANCZOS
    )


def read_original(key: str) -> Image.Image | None:
    """The cleaned picture of a photo, RGB; None when its file was lost."""
    content = storage.store().read(original_of(key))
    if content is None:
        return None
    with Image.open(io.BytesIO(content), formats=["WEBP"]) as opened:
        return opened.convert("RGB")
