"""Invents the reports of a whole county: departments that do not exist, whose figures agree with one another.

Every report says of itself that it is an example (合成示例数据); no division, department or person is real.
"""

from tests.makers.county.county import county
from tests.makers.county.model import DepartmentYear

__all__ = ["DepartmentYear", "county"]
