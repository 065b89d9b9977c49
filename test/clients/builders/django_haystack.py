# django-haystack: what its Elasticsearch backend builds of a query set, with a client that only notes what it would send.
import json
import sys
from types import SimpleNamespace

from django.conf import settings

index = sys.argv[1]
settings.configure(
    HAYSTACK_CONNECTIONS={
        "default": {
            "ENGINE": "haystack.backends.elasticsearch7_backend.Elasticsearch7SearchEngine",
            "URL": "http://127.0.0.1:1/",
            "INDEX_NAME": index,
            "INCLUDE_SPELLING": True,
        }
    },
    HAYSTACK_LIMIT_TO_REGISTERED_MODELS=False,
    INSTALLED_APPS=["haystack"],
)

import django  # noqa: E402

django.setup()

from haystack import connections  # noqa: E402
from haystack.query import SQ, SearchQuerySet  # noqa: E402

noted = []


def note(body, **_):
    noted.append(json.loads(json.dumps(body)))
    return {"hits": {"hits": [], "total": {"value": 0, "relation": "eq"}}}


backend = connections["default"].get_backend()
backend.setup_complete = True
backend.conn = SimpleNamespace(search=note)
unified = connections["default"].get_unified_index()
unified.build(indexes=[])
unified.document_field = "text"
unified.get_facet_fieldname = lambda field: field

sqs = SearchQuerySet()
jackets = sqs.filter(content="jacket")


def asked(name, found, page=slice(0, 60), said=None):
    # The backend of the query set is another one each time; what it sends is the same.
    found.query.backend = backend
    list(found[page])
    return {"name": name, "path": f"/{index}/_search?_source=true", "body": noted[-1], **({"said": said} if said else {})}


requests = [
    asked("search", jackets),
    asked("two words", sqs.auto_query("red jacket")),
    asked("a phrase, and not a word", sqs.auto_query('"red jacket" -boots')),
    asked("either", sqs.filter(SQ(content="jacket") | SQ(content="boots"))),
    asked("beginning with", sqs.filter(content__startswith="jac")),
    asked("mistyped", sqs.filter(content__fuzzy="jakcet")),
    asked("narrowed", jackets.narrow("brand:Fjord").narrow("color:red OR color:blue")),
    asked("a range", jackets.filter(price__gte=30, price__lte=70)),
    asked("with facets", jackets.facet("brand").facet("color", size=2)),
    asked("with a facet of a query", jackets.query_facet("price", "[40 TO *]")),
    asked("highlighted", jackets.highlight()),
    asked("boosted", jackets.boost("red", 2.5)),
    asked("all", sqs.all()),
    asked("second page", jackets, slice(7, 14)),
    asked("sorted", jackets.order_by("-price"), said="not-scored"),
]
print(json.dumps(requests))
