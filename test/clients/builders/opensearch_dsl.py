# opensearch-dsl, which opensearch-py brings along.
from types import SimpleNamespace

from opensearchpy.helpers.aggs import A
from opensearchpy.helpers.function import SF
from opensearchpy.helpers.query import Q
from opensearchpy.helpers.search import MultiSearch, Search

from dsl_searches import print_searches

print_searches(SimpleNamespace(A=A, MultiSearch=MultiSearch, Q=Q, SF=SF, Search=Search))
