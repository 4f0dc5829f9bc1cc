"""What only some servers have is imported where it is asked for, and named where it is missing."""

import pytest

from app.extras import extra


def test_a_package_that_is_missing_is_named_with_the_extra_that_brings_it() -> None:
    with pytest.raises(RuntimeError, match=r"app\.nowhere is not installed: pip install 'autograd-playground\[dask\]'"):
        extra("app.nowhere", "dask")
    assert extra("app.cache.answers", "redis").__name__ == "app.cache.answers"
