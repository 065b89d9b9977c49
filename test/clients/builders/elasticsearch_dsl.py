# elasticsearch-dsl, which elasticsearch-py brings along.
from types import SimpleNamespace

from elasticsearch.dsl import A, MultiSearch, Q, Search
from elasticsearch.dsl.function import SF

from dsl_searches import print_searches

print_searches(SimpleNamespace(A=A, MultiSearch=MultiSearch, Q=Q, SF=SF, Search=Search))
