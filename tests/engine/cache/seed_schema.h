// The tables, columns, constraints and indexes that DESIGN calls the seed, as the server deploys them.
#pragma once

#include <array>

namespace sqlgym::cachetest {

struct SeedTable {
    const char *name;
    const char *columns; ///< in order; '!' = NOT NULL
    const char *unique;  ///< column lists, beside the primary key "id"
    const char *foreign; ///< column>table, always to "id"; '*' = ON DELETE CASCADE
};

inline constexpr std::array kSeedTables = {
    SeedTable{"users",
              "id! username! email! password_hash first_name last_name company_name linkedin_url profile_image_url "
              "google_id auth_provider! problems_solved! premium! is_admin! email_verified! verification_token "
              "verification_token_expires created_at! updated_at!",
              "username email google_id", ""},
    SeedTable{"followers", "id! follower_id! following_id! created_at!", "follower_id,following_id",
              "follower_id>users* following_id>users*"},
    SeedTable{"helpful_links", "id! user_id! title! url! created_at!", "", "user_id>users*"},
    SeedTable{"topics", "id! name! description difficulty_level! order_index parent_topic_id created_at! updated_at!",
              "name", "parent_topic_id>topics"},
    SeedTable{"problems",
              "id! title! question! difficulty! tags! hints! company topic_id premium s3_data_source "
              "master_solution expected_display s3_datasets expected_hash created_at! updated_at!",
              "", "topic_id>topics"},
    SeedTable{"problem_schemas",
              "id! problem_id! table_name! schema_definition! sample_data indexes constraints created_at! "
              "updated_at!",
              "problem_id,table_name", "problem_id>problems*"},
    SeedTable{"test_cases",
              "id! problem_id! name! description input_data! expected_output! expected_output_source "
              "preview_expected_output validation_rules is_hidden order_index timeout_seconds memory_limit_mb "
              "display_limit created_at! updated_at!",
              "problem_id,name", "problem_id>problems*"},
    SeedTable{"submissions", "id! user_id! problem_id! query! is_correct! execution_time submitted_at!", "",
              "user_id>users* problem_id>problems*"},
    SeedTable{"problem_submissions",
              "id! user_id! problem_id! sql_query! status! rows_returned execution_time_ms error_message "
              "result_data created_at! completed_at",
              "", "user_id>users* problem_id>problems*"},
    SeedTable{"problem_sessions",
              "id! user_id! problem_id! first_query_at completed_at total_time_spent_seconds created_at! "
              "updated_at!",
              "", "user_id>users* problem_id>problems*"},
    SeedTable{"execution_results",
              "id! submission_id! test_case_id! status! execution_time_ms memory_used_mb rows_affected query_result "
              "error_message is_correct! validation_details created_at!",
              "", "submission_id>submissions* test_case_id>test_cases*"},
    SeedTable{"user_progress",
              "id! user_id! topic_id! problems_attempted problems_solved total_submissions successful_submissions "
              "average_execution_time_ms best_execution_time_ms total_time_spent_minutes current_difficulty "
              "highest_difficulty_solved hint_usage_count average_attempts_per_problem streak_count "
              "max_streak_count experience_points first_attempt_at last_activity_at created_at! updated_at!",
              "user_id,topic_id", "user_id>users* topic_id>topics*"},
    SeedTable{"badges", "id! name! description! icon_url criteria! points_reward rarity created_at!", "name", ""},
    SeedTable{"user_badges", "id! user_id! badge_id! earned_at!", "user_id,badge_id",
              "user_id>users* badge_id>badges*"},
    SeedTable{"community_posts",
              "id! user_id! problem_id content! code_snippet likes! comments! created_at! updated_at!", "",
              "user_id>users* problem_id>problems"},
    SeedTable{"post_likes", "id! user_id! post_id! created_at!", "user_id,post_id",
              "user_id>users* post_id>community_posts*"},
    SeedTable{"post_comments", "id! user_id! post_id! parent_id content! created_at!", "",
              "user_id>users* post_id>community_posts* parent_id>post_comments"},
    SeedTable{"problem_interactions", "id! user_id! problem_id! bookmark! upvote! downvote! created_at! updated_at!",
              "user_id,problem_id", "user_id>users* problem_id>problems*"},
    SeedTable{"cache_entries", "id! cache_key! namespace! data! expires_at! created_at!", "cache_key,namespace", ""},
    SeedTable{"fallback_submissions", "id! job_id! data! status! created_at! processed_at", "job_id", ""},
    SeedTable{"solutions", "id! problem_id! created_by! title! content! sql_code! is_official! created_at! updated_at!",
              "", "problem_id>problems* created_by>users*"},
    SeedTable{"user_sandboxes", "id! user_id! problem_id! schema_name! status! created_at! expires_at! last_used_at",
              "", "user_id>users* problem_id>problems*"},
};

inline constexpr std::array kSeedIndexes = {
    "idx_followers_follower_id followers(follower_id)",
    "idx_followers_following_id followers(following_id)",
    "idx_helpful_links_user_id helpful_links(user_id)",
    "idx_helpful_links_created_at helpful_links(created_at)",
    "idx_problems_difficulty problems(difficulty)",
    "idx_problems_company problems(company)",
    "idx_problems_topic_id problems(topic_id)",
    "idx_problems_created_at problems(created_at)",
    "idx_submissions_user_id submissions(user_id)",
    "idx_submissions_problem_id submissions(problem_id)",
    "idx_submissions_is_correct submissions(is_correct)",
    "idx_submissions_submitted_at submissions(submitted_at)",
    "idx_problem_submissions_user_id problem_submissions(user_id)",
    "idx_problem_submissions_problem_id problem_submissions(problem_id)",
    "idx_problem_submissions_status problem_submissions(status)",
    "idx_problem_submissions_created_at problem_submissions(created_at)",
    "idx_problem_submissions_completed_at problem_submissions(completed_at)",
    "idx_problem_sessions_user_problem problem_sessions(user_id,problem_id)",
    "idx_problem_sessions_completed_at problem_sessions(completed_at)",
    "idx_solutions_problem_id solutions(problem_id)",
    "idx_solutions_created_by solutions(created_by)",
    "idx_solutions_created_at solutions(created_at)",
    "idx_cache_key_namespace cache_entries(cache_key,namespace)",
    "idx_cache_expires_at cache_entries(expires_at)",
    "idx_fallback_status fallback_submissions(status)",
    "idx_fallback_created_at fallback_submissions(created_at)",
};

} // namespace sqlgym::cachetest
