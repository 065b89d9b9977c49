# django-oscar-elasticsearch: the searches of an Oscar shop, with a client that only notes what it would send.
import json
import sys
from types import ModuleType, SimpleNamespace

from django.conf import settings

index = sys.argv[1]
settings.configure(OSCAR_PRODUCTS_PER_PAGE=60, USE_I18N=False)

noted = []
EMPTY = {"status": 200, "hits": {"hits": [], "total": {"value": 0}}, "suggest": {"autocompletion": []}}


def note(body, index=None):
    noted.append((index, json.loads(json.dumps(body))))
    return {**EMPTY, "responses": [EMPTY, EMPTY]}


# Oscar itself, a shop with a database, is only asked where its classes are.
client = SimpleNamespace(search=note, msearch=note)
loading = ModuleType("oscar.core.loading")
loading.get_class = lambda module, name: client if name == "es" else None
sys.modules |= {"oscar": ModuleType("oscar"), "oscar.core": ModuleType("oscar.core"), "oscar.core.loading": loading}

from oscar_elasticsearch.search.api.autocomplete import autocomplete_suggestions  # noqa: E402
from oscar_elasticsearch.search.api.search import BaseElasticSearchApi, facet_search, search  # noqa: E402

FIELDS = ["_all_text", "code", "search_title^1", "search_title.reversed^0.8"]
PUBLIC = [{"term": {"is_public": True}}]
AVAILABLE = [*PUBLIC, {"term": {"is_available": True}}]
FACETS = [
    {"name": "brand", "type": "term", "order": "asc"},
    {"name": "color", "type": "term"},
    {"name": "price", "type": "range", "ranges": [30, 50, 70]},
    {"name": "date_created", "type": "date_histogram", "calendar_interval": "month", "date_format": "yyyy-MM"},
]
SCORING = [
    {"weight": 2, "filter": {"term": {"is_available": True}}},
    {"field_value_factor": {"field": "popularity", "modifier": "log1p", "missing": 0}},
]
api = BaseElasticSearchApi()


def asked(function, name, query="jacket", said=None, from_=0, size=60, **more):
    arguments = {"search_fields": FIELDS, "query_string": query, "search_type": "most_fields", "search_operator": "or"}
    if function is search:
        arguments["filters"] = PUBLIC
    else:
        arguments |= {"default_filters": PUBLIC, "facet_filters": [], "aggs_definitions": FACETS}
    function(index, from_, size, **{**arguments, **more})
    where, body = noted.pop()
    request = {"path": f"/{where}/_search", "body": body} if where else {"path": "/_msearch", "lines": body}
    return {"name": name, **request, **({"said": said} if said else {})}


def completions():
    autocomplete_suggestions(index, "fj", "suggest")
    where, body = noted.pop()
    return {"name": "completions", "path": f"/{where}/_search", "body": body, "said": "not-scored"}


chosen = api.format_filters({"brand": "Fjord"})
requests = [
    asked(search, "search"),
    asked(search, "every word", query="red jacket", search_operator="and", search_type="cross_fields"),
    {**asked(search, "search by code", query="p104"), "exact": True},
    asked(search, "available ones", filters=AVAILABLE),
    asked(search, "second page", from_=7, size=7),
    asked(search, "scored by popularity", scoring_functions=SCORING),
    asked(search, "browsing", query=None),
    asked(search, "browsing by popularity", query=None, scoring_functions=SCORING),
    asked(search, "newest first", sort_by=api.format_order_by(["-date_created"]), said="not-scored"),
    asked(search, "title A to Z", sort_by=api.format_order_by(["name.keyword", "-price"]), said="not-scored"),
    asked(search, "with suggestions", suggestion_field_name="title"),
    asked(facet_search, "search with facets"),
    asked(facet_search, "a chosen brand", facet_filters=chosen),
    asked(facet_search, "a category", query=None, default_filters=[*PUBLIC, {"term": {"category": "jacket"}}]),
    asked(facet_search, "a category by price", query=None, sort_by=["price"], said="not-scored"),
    completions(),
]
print(json.dumps(requests))
