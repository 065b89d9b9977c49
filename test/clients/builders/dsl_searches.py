# What shops ask of elasticsearch-dsl and of its twin in opensearch-py: one page of searches for both.
import json
import sys

index = sys.argv[1]


def print_searches(dsl):
    Search, Q, A, SF, MultiSearch = dsl.Search, dsl.Q, dsl.A, dsl.SF, dsl.MultiSearch
    search = Search(index=index).extra(size=60)
    jacket = Q("match", title="jacket")
    scored = {
        "search": search.query("multi_match", query="red jacket", fields=["title^3", "description"]),
        "mistyped": search.query(Q("match", title={"query": "jakcet", "fuzziness": "AUTO", "prefix_length": 1})),
        "filters": search.query(jacket).filter("terms", brand=["Acme", "Fjord"]).filter("range", price={"gte": 30}),
        "filters alone": search.filter("term", category="jacket").exclude("term", color="red"),
        "any of several": search.query(Q("match", title="jacket") | Q("match", title="boots")),
        "all but": search.query(jacket & ~Q("term", brand="Bolt")),
        "while typing": search.query("match_phrase_prefix", title="red jac").source(["title", "brand"]),
        "popular first": search.query(
            "function_score",
            query=jacket,
            functions=[
                SF({"weight": 3, "filter": {"term": {"color": "red"}}}),
                SF("field_value_factor", field="popularity", modifier="log1p", missing=1),
                SF("random_score", seed=7, field="_seq_no"),
            ],
            score_mode="sum",
        ),
        "highlighted": search.query(jacket).highlight("title", fragment_size=50, number_of_fragments=1),
        "one of each brand": search.query(jacket).extra(collapse={"field": "brand", "inner_hits": {"name": "more", "size": 3}}),
        "a page": Search(index=index).query(jacket)[7:14],
        "scored twice": search.query(jacket).sort("_score", "price"),
        "did you mean": search.query(jacket).suggest("title", "jakcet", term={"field": "title"}),
        "by id": search.query("ids", values=["p101", "p104", "absent"]),
        "more like this": search.query(
            "more_like_this", fields=["title", "description"], like={"_index": index, "_id": "p104"}, min_term_freq=1, min_doc_freq=1
        ),
    }
    faceted = search.query(jacket).post_filter("term", brand="Fjord")
    faceted.aggs.bucket("colors", "filter", Q("term", brand="Fjord")).bucket("colors", "terms", field="color")
    faceted.aggs.bucket("brands", A("terms", field="brand", order={"price": "desc"})).metric("price", "avg", field="price")
    scored["facets beside a chosen one"] = faceted
    top = search.query(jacket)
    top.aggs.bucket("brands", "terms", field="brand").metric("first", "top_hits", size=1, sort=[{"price": "asc"}])
    scored["the cheapest of each brand"] = top
    unscored = {
        "sorted": search.query(jacket).sort("-price", {"object_id": {"order": "asc"}}),
        "sorted, what lacks it last": search.query(jacket).sort({"created": {"order": "desc", "missing": "_last"}}),
        "nothing but a count": search.query(jacket).extra(size=0, track_total_hits=True),
    }
    together = MultiSearch(index=index).add(scored["search"]).add(faceted).add(unscored["sorted"])
    requests = [
        {"name": name, "path": f"/{index}/_search", "body": body.to_dict(), **more}
        for searches, more in ((scored, {}), (unscored, {"said": "not-scored"}))
        for name, body in searches.items()
    ]
    lines = [line for each in together._searches for line in ({"index": index}, each.to_dict())]
    print(json.dumps([*requests, {"name": "all of a page at once", "path": "/_msearch", "lines": lines}]))
